-- Doses that were given while a clinic had no connection, and doses that were told and could not be recorded yet.

-- What a device said of a dose, beside the dose: its own clock, what that comes to by ours, and when we heard of it.
-- Facts of the person.
CREATE TABLE offline_dose (
  person_id       uuid NOT NULL,
  vaccination_id  uuid NOT NULL,
  device_id       text NOT NULL,
  client_id       text NOT NULL,
  device_given_at timestamptz NOT NULL,
  given_at        timestamptz NOT NULL,
  received_at     timestamptz NOT NULL,
  -- why it is not the dose that it was taken for
  distinct_reason text,
  PRIMARY KEY (person_id, vaccination_id),
  CONSTRAINT offline_dose_vaccination_fk FOREIGN KEY (person_id, vaccination_id) REFERENCES vaccination (person_id, id)
);

-- Doses that a clinic says it gave and that are not in the record: until they are recorded, or dismissed with a reason.
-- A place table. The person and the lot are as they were told, and may be none of ours.
CREATE TABLE pending_dose (
  facility_id    uuid NOT NULL CONSTRAINT pending_dose_facility_fk REFERENCES facility (id),
  id             uuid NOT NULL,
  source         text NOT NULL CHECK (source IN ('OFFLINE', 'PAPER')),
  -- who told of it (a device, a batch of paper), and what it is called there
  told_by        text NOT NULL,
  client_id      text NOT NULL,
  cause          text NOT NULL,
  content        jsonb NOT NULL,
  given_on       date,
  told_at        timestamptz NOT NULL,
  told_again_at  timestamptz NOT NULL,
  state          text NOT NULL CHECK (state IN ('PENDING', 'RECORDED', 'DISMISSED')),
  vaccination_id uuid,
  resolved_at    timestamptz,
  resolved_by    text,
  dismissed_because text,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT pending_dose_told_unique UNIQUE (facility_id, told_by, client_id),
  CONSTRAINT pending_dose_resolved_check CHECK ((state = 'PENDING') = (resolved_at IS NULL)),
  CONSTRAINT pending_dose_recorded_check CHECK ((state = 'RECORDED') = (vaccination_id IS NOT NULL)),
  CONSTRAINT pending_dose_dismissed_check CHECK ((state = 'DISMISSED') = (dismissed_because IS NOT NULL))
);
CREATE INDEX pending_dose_open_index ON pending_dose (facility_id, id) WHERE state = 'PENDING';

GRANT SELECT, INSERT ON offline_dose TO {{login}};
GRANT SELECT, INSERT, UPDATE ON pending_dose TO {{login}};
