-- What certificates state of a person beyond the least: her whole birth date, the number of her passport. Each was asked for
-- and proved by a document that somebody saw. Person table; the newest row of a detail counts.
CREATE TABLE stated_detail (
  person_id    uuid NOT NULL CONSTRAINT stated_detail_person_fk REFERENCES person (person_id),
  id           uuid NOT NULL,
  detail       text NOT NULL CHECK (detail IN ('birth-date', 'passport')),
  sealed_value bytea NOT NULL,      -- what the document says: a birth date that is corrected later is not proved by it
  seen         text NOT NULL,       -- which document
  facility_id  uuid NOT NULL CONSTRAINT stated_detail_facility_fk REFERENCES facility (id), -- where it was seen
  grievance_id uuid,                -- the case that asked for it; none at a desk
  seen_by      text NOT NULL,
  at           timestamptz NOT NULL,
  PRIMARY KEY (person_id, id)
);

ALTER TABLE certificate_grievance DROP CONSTRAINT certificate_grievance_kind_check;
ALTER TABLE certificate_grievance ADD CONSTRAINT certificate_grievance_kind_check CHECK (kind IN ('wrong-details',
  'doses-of-two-records', 'add-passport', 'add-birth-date', 'unknown-member', 'move-member', 'issue-again', 'wrong-dose',
  'dose-not-given'));

GRANT SELECT, INSERT ON stated_detail TO {{login}};
