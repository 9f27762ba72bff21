-- To whom a pending dose was recorded in the end: she may be somebody else than was told, and whoever tells it again is
-- answered by her record. No row is looked at; what is written from now on says it.
ALTER TABLE pending_dose
  ADD COLUMN person_id uuid,
  ADD CONSTRAINT pending_dose_person_check CHECK ((vaccination_id IS NULL) = (person_id IS NULL)) NOT VALID;
