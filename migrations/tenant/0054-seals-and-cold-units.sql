-- A seal that was read with a scan: of the container that it names, or of the one unit. Part of the fact of the scan.
ALTER TABLE scan ADD COLUMN seal text CONSTRAINT scan_seal_check CHECK (seal ~ '^[A-Z0-9][A-Z0-9-]{2,29}$');

ALTER TABLE consignment_exception
  DROP CONSTRAINT consignment_exception_kind_check,
  ADD CONSTRAINT consignment_exception_kind_check CHECK (kind IN ('MISSORT', 'MISSED_CONNECTION', 'RUN_CANCELLED',
    'CUSTODY_GAP', 'SEAL_BROKEN', 'TEMPERATURE'));

-- Which piece of equipment a unit of the network is: a cold box, a refrigerated vehicle. What is measured in it befell
-- what it carried. A unit table; the equipment itself is cold chain's.
CREATE TABLE cold_unit (
  unit_id      text COLLATE "C" PRIMARY KEY,
  facility_id  uuid NOT NULL CONSTRAINT cold_unit_facility_fk REFERENCES facility (id),
  equipment_id uuid NOT NULL,
  since        timestamptz NOT NULL,
  actor_id     text
);
CREATE INDEX cold_unit_equipment_index ON cold_unit (equipment_id);
GRANT SELECT, INSERT, UPDATE ON cold_unit TO {{login}};
