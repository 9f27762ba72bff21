-- Those that were recorded before (see 0091). Reads every dose once, without a lock that who records or tells one waits for.
UPDATE pending_dose p SET person_id = v.person_id FROM vaccination v
WHERE v.id = p.vaccination_id AND p.person_id IS NULL;
ALTER TABLE pending_dose VALIDATE CONSTRAINT pending_dose_person_check;
