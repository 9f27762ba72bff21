-- Registers on paper, typed in or sent as a file: what was entered, row by row, until it is recorded or pending. Place
-- tables.
CREATE TABLE paper_batch (
  facility_id   uuid NOT NULL CONSTRAINT paper_batch_facility_fk REFERENCES facility (id),
  id            uuid NOT NULL,
  -- which register, e.g. its number and pages
  register      text NOT NULL,
  -- why its doses come late
  late_cause    text NOT NULL,
  vaccinator_id text,
  double_entry  boolean NOT NULL,
  rows          integer NOT NULL CHECK (rows > 0),
  entered_by    text NOT NULL,
  entered_at    timestamptz NOT NULL,
  -- the second entry, by somebody else
  again_by      text,
  again_at      timestamptz,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT paper_batch_again_check CHECK (again_by IS NULL OR double_entry AND again_by <> entered_by)
);
CREATE TABLE paper_row (
  facility_id    uuid NOT NULL,
  batch_id       uuid NOT NULL,
  -- in the file, from 1
  line           integer NOT NULL,
  cells          jsonb NOT NULL,
  -- as the second entry has it, where it says otherwise
  again          jsonb,
  state          text NOT NULL CHECK (state IN ('ENTERED', 'RECORDED', 'PENDING')),
  -- what is wrong about it as a row, and in which column
  fault          text,
  field          text,
  vaccination_id uuid,
  pending_id     uuid,
  PRIMARY KEY (facility_id, batch_id, line),
  CONSTRAINT paper_row_batch_fk FOREIGN KEY (facility_id, batch_id) REFERENCES paper_batch (facility_id, id)
);

GRANT SELECT, INSERT, UPDATE ON paper_batch, paper_row TO {{login}};
