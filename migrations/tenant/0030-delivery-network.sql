-- The network that consignments travel: hubs, weekly departures between them, runs that will not happen, and the plans
-- by which each hub sorts. Reference rows of the country, by hub.

CREATE TABLE hub (
  id               uuid PRIMARY KEY,
  code             text NOT NULL CONSTRAINT hub_code_unique UNIQUE,
  names            jsonb NOT NULL,
  level            text NOT NULL,
  parent_id        uuid CONSTRAINT hub_parent_fk REFERENCES hub (id),
  area_id          uuid NOT NULL CONSTRAINT hub_area_fk REFERENCES area (id),
  -- the place that vaccinates which this is the door of
  facility_id      uuid CONSTRAINT hub_facility_fk REFERENCES facility (id),
  latitude         double precision CHECK (latitude BETWEEN -90 AND 90),
  longitude        double precision CHECK (longitude BETWEEN -180 AND 180),
  handling_minutes integer NOT NULL CHECK (handling_minutes BETWEEN 0 AND 10080),
  -- 1 is Monday, 7 Sunday (ISO 8601); hours are the country's own
  open_days        smallint[] NOT NULL CHECK (open_days <@ '{1,2,3,4,5,6,7}' AND cardinality(open_days) > 0),
  opens            time NOT NULL,
  closes           time NOT NULL,
  changed_at       timestamptz NOT NULL,
  CONSTRAINT hub_point_check CHECK ((latitude IS NULL) = (longitude IS NULL)),
  CONSTRAINT hub_hours_check CHECK (opens < closes)
);
CREATE INDEX hub_parent_index ON hub (parent_id);
CREATE INDEX hub_area_index ON hub (area_id);

-- The areas whose people and places a hub delivers to.
CREATE TABLE hub_service_area (
  hub_id  uuid NOT NULL CONSTRAINT hub_service_area_hub_fk REFERENCES hub (id),
  area_id uuid NOT NULL CONSTRAINT hub_service_area_area_fk REFERENCES area (id),
  PRIMARY KEY (hub_id, area_id)
);
CREATE INDEX hub_service_area_area_index ON hub_service_area (area_id);

-- One weekly departure. Minutes count from Monday 00:00 of the country's own week. One that no longer runs is kept:
-- sort plans and consignments of the past name it.
CREATE TABLE leg (
  from_hub_id uuid NOT NULL CONSTRAINT leg_from_fk REFERENCES hub (id),
  id          uuid NOT NULL,
  to_hub_id   uuid NOT NULL CONSTRAINT leg_to_fk REFERENCES hub (id),
  departs     integer NOT NULL CHECK (departs BETWEEN 0 AND 10079),
  minutes     integer NOT NULL CHECK (minutes BETWEEN 1 AND 80640),
  mode        text NOT NULL,
  temperature text NOT NULL CHECK (temperature IN ('AMBIENT', 'CHILLED', 'FROZEN', 'ULTRA_COLD')),
  capacity_kg integer CHECK (capacity_kg > 0),
  active      boolean NOT NULL,
  changed_at  timestamptz NOT NULL,
  PRIMARY KEY (from_hub_id, id),
  CONSTRAINT leg_departure_unique UNIQUE (from_hub_id, to_hub_id, departs, mode, temperature),
  CONSTRAINT leg_ends_check CHECK (from_hub_id <> to_hub_id)
);

-- Facts. `day` is the country's own day on which the leg would have departed.
CREATE TABLE leg_cancellation (
  from_hub_id uuid NOT NULL,
  leg_id      uuid NOT NULL,
  day         date NOT NULL,
  reason      text NOT NULL,
  at          timestamptz NOT NULL,
  actor_id    text,
  PRIMARY KEY (from_hub_id, leg_id, day),
  CONSTRAINT leg_cancellation_leg_fk FOREIGN KEY (from_hub_id, leg_id) REFERENCES leg (from_hub_id, id)
);
CREATE INDEX leg_cancellation_day_index ON leg_cancellation (day);

-- Goes up with every change above, so that whoever keeps the network in memory knows when to read it anew. One row.
CREATE TABLE delivery_network (
  name       text PRIMARY KEY CHECK (name = 'delivery'),
  version    integer NOT NULL CHECK (version > 0),
  changed_at timestamptz NOT NULL
);

-- What a hub was told to sort by, each version for ever: for each cut-off of the week, which hubs' things take which
-- departure.
CREATE TABLE sort_plan (
  hub_id          uuid NOT NULL CONSTRAINT sort_plan_hub_fk REFERENCES hub (id),
  version         integer NOT NULL CHECK (version > 0),
  temperature     text NOT NULL CHECK (temperature IN ('AMBIENT', 'CHILLED', 'FROZEN', 'ULTRA_COLD')),
  network_version integer NOT NULL,
  made_at         timestamptz NOT NULL,
  actor_id        text,
  PRIMARY KEY (hub_id, version)
);
CREATE TABLE sort_plan_cut_off (
  hub_id     uuid NOT NULL,
  version    integer NOT NULL,
  cut_off    integer NOT NULL CHECK (cut_off BETWEEN 0 AND 10079),
  directions jsonb NOT NULL,
  PRIMARY KEY (hub_id, version, cut_off),
  CONSTRAINT sort_plan_cut_off_plan_fk FOREIGN KEY (hub_id, version) REFERENCES sort_plan (hub_id, version)
);

GRANT SELECT, INSERT ON leg_cancellation, sort_plan, sort_plan_cut_off TO {{login}};
GRANT SELECT, INSERT, UPDATE ON hub, leg, delivery_network TO {{login}};
GRANT SELECT, INSERT, DELETE ON hub_service_area TO {{login}};
