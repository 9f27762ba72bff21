-- Where things happen: administrative areas, places that vaccinate, their sessions and the places people can take.

-- Reference rows; they come of the published country pack. `path` is every id from the top to the area itself.
CREATE TABLE area (
  id              uuid PRIMARY KEY,
  code            text NOT NULL CONSTRAINT area_code_unique UNIQUE,
  parent_id       uuid CONSTRAINT area_parent_fk REFERENCES area (id),
  level           text NOT NULL,
  names           jsonb NOT NULL,
  latitude        double precision,
  longitude       double precision,
  postal_prefixes text[] NOT NULL,
  path            uuid[] NOT NULL,
  active          boolean NOT NULL
);
CREATE INDEX area_parent_index ON area (parent_id, code);
CREATE INDEX area_path_index ON area USING gin (path);

CREATE TABLE facility (
  id            uuid PRIMARY KEY,
  code          text NOT NULL CONSTRAINT facility_code_unique UNIQUE,
  names         jsonb NOT NULL,
  area_id       uuid NOT NULL CONSTRAINT facility_area_fk REFERENCES area (id),
  category      text NOT NULL CHECK (category IN ('PUBLIC', 'PRIVATE', 'NON_PROFIT', 'OTHER')),
  kind          text NOT NULL CHECK (kind IN ('FIXED', 'MOBILE', 'OUTREACH', 'TEMPORARY')),
  address       text,
  postal_code   text,
  latitude      double precision CHECK (latitude BETWEEN -90 AND 90),
  longitude     double precision CHECK (longitude BETWEEN -180 AND 180),
  phone         text,
  opening_hours text,
  services      text[] NOT NULL,
  active        boolean NOT NULL,
  created_at    timestamptz NOT NULL,
  changed_at    timestamptz NOT NULL,
  CONSTRAINT facility_point_check CHECK ((latitude IS NULL) = (longitude IS NULL))
);
CREATE INDEX facility_area_index ON facility (area_id);
CREATE INDEX facility_postal_code_index ON facility (postal_code);
CREATE INDEX facility_latitude_index ON facility (latitude);

-- Place tables, keyed by facility. Days and hours are the country's own: no time zone.
CREATE TABLE session (
  facility_id uuid NOT NULL CONSTRAINT session_facility_fk REFERENCES facility (id),
  id          uuid NOT NULL,
  date        date NOT NULL,
  start_time  time NOT NULL,
  end_time    time NOT NULL,
  products    text[] NOT NULL,
  min_age     text,
  max_age     text,
  opens_at    timestamptz NOT NULL,
  state       text NOT NULL CHECK (state IN ('PLANNED', 'CLOSED', 'CANCELLED')),
  reason      text,
  created_at  timestamptz NOT NULL,
  changed_at  timestamptz NOT NULL,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT session_hours_check CHECK (start_time < end_time)
);
-- The same session twice is a mistake, not two sessions.
CREATE UNIQUE INDEX session_planned_unique ON session (facility_id, date, start_time, products) WHERE state <> 'CANCELLED';

CREATE INDEX session_date_index ON session (date) WHERE state = 'PLANNED';

-- One counter for each sort of place of a session ('any', 'dose-1' …, 'walk-in', 'assisted'). The check is what
-- makes overbooking impossible; `closed` stops every further taking in the same row that counts them.
CREATE TABLE session_places (
  facility_id uuid NOT NULL,
  session_id  uuid NOT NULL,
  pool        text NOT NULL,
  capacity    integer NOT NULL CHECK (capacity >= 0),
  held        integer NOT NULL CHECK (held >= 0),
  booked      integer NOT NULL CHECK (booked >= 0),
  closed      boolean NOT NULL,
  PRIMARY KEY (facility_id, session_id, pool),
  CONSTRAINT session_places_session_fk FOREIGN KEY (facility_id, session_id) REFERENCES session (facility_id, id),
  CONSTRAINT session_places_no_overbooking CHECK (held + booked <= capacity)
);

GRANT SELECT, INSERT, UPDATE ON area, facility, session TO {{login}};
GRANT SELECT, INSERT, UPDATE, DELETE ON session_places TO {{login}};
