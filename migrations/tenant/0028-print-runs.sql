-- Certificates printed many at a time for people without a telephone: what was asked for, and the sheets until they are
-- handed out. Place tables. Sheets are copies of what the register holds, so they are deleted after a day.
CREATE TABLE print_run (
  facility_id  uuid NOT NULL CONSTRAINT print_run_facility_fk REFERENCES facility (id),
  id           uuid NOT NULL,
  person_ids   uuid[] NOT NULL CHECK (cardinality(person_ids) > 0), -- in the order they are printed
  language     text,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  PRIMARY KEY (facility_id, id)
);
CREATE TABLE print_sheet (
  facility_id uuid NOT NULL,
  run_id      uuid NOT NULL,
  number      integer NOT NULL CHECK (number > 0),
  -- how many certificates are in it
  printed     integer NOT NULL,
  -- those of its people who have none that stands
  without     uuid[] NOT NULL,
  -- the PDF, sealed with the country's key; absent when nobody of it has a certificate
  sealed_pdf  bytea,
  PRIMARY KEY (facility_id, run_id, number),
  CONSTRAINT print_sheet_run_fk FOREIGN KEY (facility_id, run_id) REFERENCES print_run (facility_id, id)
);

GRANT SELECT, INSERT ON print_run TO {{login}};
GRANT SELECT, INSERT, DELETE ON print_sheet TO {{login}};
