-- To whom a pending dose was recorded in the end: she may be somebody else than was told, and whoever tells it again is
-- answered by her record. Reads every dose once, and holds up nobody who records.
ALTER TABLE pending_dose ADD COLUMN person_id uuid;
UPDATE pending_dose p SET person_id = v.person_id FROM vaccination v WHERE v.id = p.vaccination_id;
ALTER TABLE pending_dose ADD CONSTRAINT pending_dose_person_check CHECK ((vaccination_id IS NULL) = (person_id IS NULL));
