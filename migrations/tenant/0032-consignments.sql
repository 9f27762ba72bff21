-- What is sent: one labelled unit from a sender to a hub, by when it was promised, the way it is planned to go, and what
-- went wrong with that. Unit tables: keyed by the unit that bears the label. No name, address or content is kept here.

CREATE TABLE consignment (
  unit_id     text COLLATE "C" PRIMARY KEY,
  kind        text NOT NULL CHECK (kind IN ('VACCINES', 'SUPPLIES', 'SAMPLES', 'CERTIFICATE', 'PARCEL')),
  from_hub_id uuid NOT NULL CONSTRAINT consignment_from_fk REFERENCES hub (id),
  to_hub_id   uuid NOT NULL CONSTRAINT consignment_to_fk REFERENCES hub (id),
  temperature text NOT NULL CHECK (temperature IN ('AMBIENT', 'CHILLED', 'FROZEN', 'ULTRA_COLD')),
  -- by when it was said to be there when it was sent; never changed
  promised_at timestamptz NOT NULL,
  sent_at     timestamptz NOT NULL,
  actor_id    text
);

-- The code that whoever waits for it has; led by the code, since nobody outside knows the unit.
CREATE TABLE tracking_code (
  code    text COLLATE "C" PRIMARY KEY,
  unit_id text COLLATE "C" NOT NULL
);

-- Where a consignment is now meant to go, and by which runs. `due_at` is null when no departures lead there. A projection
-- of what was asked and scanned; `version` goes up with every change.
CREATE TABLE consignment_plan (
  unit_id         text COLLATE "C" PRIMARY KEY CONSTRAINT consignment_plan_consignment_fk REFERENCES consignment (unit_id),
  to_hub_id       uuid NOT NULL CONSTRAINT consignment_plan_to_fk REFERENCES hub (id),
  due_at          timestamptz,
  runs            jsonb NOT NULL,
  network_version integer NOT NULL,
  planned_at      timestamptz NOT NULL,
  version         integer NOT NULL
);
-- By a run that it is planned to take: `legId day`.
CREATE INDEX consignment_plan_runs_index ON consignment_plan USING gin ((runs -> 'keys'));

-- Facts: why a consignment was planned anew, or goes another way than it was sent.
CREATE TABLE consignment_exception (
  unit_id text COLLATE "C" NOT NULL,
  id      uuid NOT NULL,
  kind    text NOT NULL CHECK (kind IN ('MISSORT', 'MISSED_CONNECTION', 'RUN_CANCELLED', 'CUSTODY_GAP')),
  hub_id  uuid,
  at      timestamptz NOT NULL,
  scan_id text COLLATE "C",
  PRIMARY KEY (unit_id, id),
  CONSTRAINT consignment_exception_consignment_fk FOREIGN KEY (unit_id) REFERENCES consignment (unit_id),
  CONSTRAINT consignment_exception_scan_unique UNIQUE (unit_id, scan_id, kind)
);

GRANT SELECT, INSERT ON consignment, tracking_code, consignment_exception TO {{login}};
GRANT SELECT, INSERT, UPDATE ON consignment_plan TO {{login}};
