-- What is next for everybody, kept up to date from facts: a projection, rebuildable at any time. Person tables, keyed by
-- the person; without foreign keys, since what writes millions of rows reads each person first.

-- How a person's forecast was made. The row is locked by whoever makes it anew.
CREATE TABLE person_forecast (
  person_id   uuid PRIMARY KEY,
  -- the pack it was made with; null: being made for the first time
  pack_id     uuid,
  made_on     date,
  made_at     timestamptz,
  -- from this day on time alone may have changed it; null: never
  valid_until date,
  -- of the rows below, so that an unchanged forecast is not written again
  digest      bytea
) WITH (fillfactor = 85);
CREATE INDEX person_forecast_valid_until_index ON person_forecast (valid_until);

-- One row for each vaccine group that a living person has a dose of to come, has complete, is immune or contraindicated
-- for. No row: the age for it is over, or it is not recommended. Due and overdue follow from the dates and the day.
CREATE TABLE vaccine_group_forecast (
  person_id     uuid NOT NULL,
  vaccine_group text NOT NULL,
  series_group  text NOT NULL,
  status        text NOT NULL CHECK (status IN ('not-complete', 'complete', 'immune', 'contraindicated')),
  dose_number   smallint,
  earliest      date,
  recommended   date,
  past_due      date,
  latest        date,
  -- codes of the vaccines that count for the dose
  vaccines      text[] NOT NULL,
  -- where the person lives, or else was registered; nil when neither is known
  area_id       uuid NOT NULL,
  PRIMARY KEY (person_id, vaccine_group, series_group),
  CONSTRAINT vaccine_group_forecast_dates_check CHECK ((status = 'not-complete') = (recommended IS NOT NULL))
);
-- Whom to look for in an area: read in this order, without touching the table.
CREATE INDEX vaccine_group_forecast_due_index
  ON vaccine_group_forecast (area_id, recommended, person_id, vaccine_group, series_group)
  INCLUDE (past_due, latest) WHERE status = 'not-complete';

GRANT SELECT, INSERT, UPDATE, DELETE ON person_forecast, vaccine_group_forecast TO {{login}};

-- What a draft of the programme would do on the registry: counts alone. Each part of the job adds to rows of its own.
CREATE TABLE programme_simulation (
  -- the job's id
  id           uuid PRIMARY KEY,
  pack_id      uuid NOT NULL CONSTRAINT programme_simulation_pack_fk REFERENCES country_pack (id),
  base_pack_id uuid NOT NULL CONSTRAINT programme_simulation_base_pack_fk REFERENCES country_pack (id),
  from_day     date NOT NULL,
  months       smallint NOT NULL CHECK (months BETWEEN 1 AND 24)
);
-- How people of an area stand with a vaccine group on the first day: by the pack in force, and by the one simulated.
CREATE TABLE programme_simulation_standing (
  simulation_id uuid NOT NULL CONSTRAINT programme_simulation_standing_fk REFERENCES programme_simulation (id),
  part          integer NOT NULL,
  area_id       uuid NOT NULL,
  vaccine_group text NOT NULL,
  before        text NOT NULL,
  after         text NOT NULL,
  persons       integer NOT NULL CHECK (persons > 0),
  PRIMARY KEY (simulation_id, part, area_id, vaccine_group, before, after)
);
-- Doses that people of an area would be given in a month, if everybody came on time from the first day on.
CREATE TABLE programme_simulation_need (
  simulation_id uuid NOT NULL CONSTRAINT programme_simulation_need_fk REFERENCES programme_simulation (id),
  part          integer NOT NULL,
  area_id       uuid NOT NULL,
  month         date NOT NULL,
  vaccine       text NOT NULL,
  in_force      integer NOT NULL CHECK (in_force >= 0),
  simulated     integer NOT NULL CHECK (simulated >= 0),
  PRIMARY KEY (simulation_id, part, area_id, month, vaccine)
);

GRANT SELECT, INSERT ON programme_simulation TO {{login}};
GRANT SELECT, INSERT, UPDATE ON programme_simulation_standing, programme_simulation_need TO {{login}};
