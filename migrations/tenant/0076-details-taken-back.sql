-- What a person asked to have stated she can take back: the value is forgotten, that it was stated stays. Passports that were
-- proved before there were other details stand where those do; each stays sealed for the place where it was kept.
ALTER TABLE stated_detail
  ADD COLUMN sealed_in     text NOT NULL DEFAULT 'stated_detail'
    CONSTRAINT stated_detail_sealed_in_check CHECK (sealed_in IN ('stated_detail', 'travel_document')),
  ADD COLUMN taken_back_by text,
  ADD COLUMN taken_back_at timestamptz,
  ALTER COLUMN sealed_value DROP NOT NULL,
  ADD CONSTRAINT stated_detail_taken_back_check CHECK ((sealed_value IS NULL) = (taken_back_at IS NOT NULL));

-- A passport without its case, or a case without its decision, would break the columns that must be there: none is lost unseen.
INSERT INTO stated_detail (person_id, id, detail, sealed_value, sealed_in, seen, facility_id, grievance_id, seen_by, at)
SELECT t.person_id, t.id, 'passport', t.sealed_number, 'travel_document', 'PASSPORT', g.facility_id, t.grievance_id,
       d.decided_by, t.at
FROM travel_document t
LEFT JOIN certificate_grievance g ON g.person_id = t.person_id AND g.id = t.grievance_id
LEFT JOIN certificate_grievance_decision d ON d.person_id = g.person_id AND d.grievance_id = g.id;
DROP TABLE travel_document;

GRANT UPDATE (sealed_value, taken_back_by, taken_back_at) ON stated_detail TO {{login}};

ALTER TABLE certificate_end DROP CONSTRAINT certificate_end_reason_check;
ALTER TABLE certificate_end ADD CONSTRAINT certificate_end_reason_check CHECK (reason IN ('new-dose', 'dose-corrected',
  'dose-voided', 'person-corrected', 'key-withdrawn', 'issued-again', 'lot-recalled', 'fraud', 'detail-taken-back'));
ALTER TABLE result_proof_end DROP CONSTRAINT result_proof_end_reason_check;
ALTER TABLE result_proof_end ADD CONSTRAINT result_proof_end_reason_check CHECK (reason IN ('result-voided',
  'person-corrected', 'detail-taken-back'));
