-- What was scanned, and what that says of each unit. Unit tables: keyed by the unit, which is known by what is printed on
-- it (docs/decisions/0031). Codes and ids are compared as bytes, as the rules of the fold compare them.

-- Facts. A scan lies with the container it packs or unpacks, else with the first unit it names.
CREATE TABLE scan (
  unit_id      text COLLATE "C" NOT NULL,
  id           text COLLATE "C" NOT NULL,
  at           timestamptz NOT NULL,
  act          text NOT NULL CHECK (act IN ('seen', 'packed', 'unpacked')),
  step         text NOT NULL,
  -- null on the way
  place        text,
  units        text[] NOT NULL,
  container_id text COLLATE "C",
  -- where it was read, by whom, and when we heard of it
  read_at_hub  uuid,
  actor_id     text,
  received_at  timestamptz NOT NULL,
  PRIMARY KEY (unit_id, id),
  CONSTRAINT scan_container_check CHECK ((act = 'seen') = (container_id IS NULL))
);

-- Projections of the scans: where each unit is, the way it came, and what went wrong on it. Rebuilt from them by
-- `rebuildUnits`. `version` goes up with every change, so that two who change a unit at once find out.
CREATE TABLE unit_state (
  unit_id      text COLLATE "C" PRIMARY KEY,
  status       text,
  place        text,
  container_id text COLLATE "C",
  last_scan_id text COLLATE "C",
  settled_at   timestamptz NOT NULL,
  settled_by   text COLLATE "C" NOT NULL,
  version      integer NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX unit_state_container_index ON unit_state (container_id) WHERE container_id IS NOT NULL;

-- A row for every scan that had to do with the unit, also by moving what it was in: how the unit stood after it.
-- `scan_of` is the unit that the scan lies with, `left_id` what the unit came out of by it.
CREATE TABLE unit_trail (
  unit_id      text COLLATE "C" NOT NULL,
  at           timestamptz NOT NULL,
  scan_id      text COLLATE "C" NOT NULL,
  scan_of      text COLLATE "C" NOT NULL,
  status       text,
  place        text,
  container_id text COLLATE "C",
  last_scan_id text COLLATE "C",
  left_id      text COLLATE "C",
  PRIMARY KEY (unit_id, at, scan_id)
);
CREATE INDEX unit_trail_left_index ON unit_trail (left_id, at) WHERE left_id IS NOT NULL;

CREATE TABLE unit_anomaly (
  unit_id text COLLATE "C" NOT NULL,
  at      timestamptz NOT NULL,
  scan_id text COLLATE "C" NOT NULL,
  kind    text NOT NULL CHECK (kind IN ('implicit_unpack', 'seen_outside_container', 'scan_after_delivery')),
  PRIMARY KEY (unit_id, at, scan_id, kind)
);

GRANT SELECT, INSERT ON scan TO {{login}};
GRANT SELECT, INSERT, UPDATE, DELETE ON unit_state, unit_trail, unit_anomaly TO {{login}};
