-- Whom each member of staff was shown on each day of the country, so that nobody can read the registry through a search.
-- A place table.
CREATE TABLE person_look (
  facility_id uuid NOT NULL,
  day         date NOT NULL,
  staff_id    text NOT NULL,
  person_id   uuid NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (facility_id, day, staff_id, person_id)
);

-- How many they were, at all facilities together: its row is what looks of one moment wait for.
CREATE TABLE person_look_count (
  staff_id   text NOT NULL,
  day        date NOT NULL,
  persons    integer NOT NULL,
  -- when she was first told that there were no more, and who must know was told
  stopped_at timestamptz,
  PRIMARY KEY (staff_id, day)
);

-- When a second factor was proved once more in the course of a sign-in.
ALTER TABLE sign_in ADD COLUMN stepped_up_at timestamptz;

GRANT SELECT, INSERT ON person_look TO {{login}};
GRANT SELECT, INSERT, UPDATE ON person_look_count TO {{login}};
