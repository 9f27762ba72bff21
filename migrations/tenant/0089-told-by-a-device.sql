-- What a device said of a dose stands in the dose's own row (docs/decisions/0067-less-for-a-dose-to-write.md): beside it, it
-- was a row, an entry of a key and a check of a reference more for each dose. When we heard of it is `recorded_at`.
-- No row is looked at. Until the next file there are doses whose device stands in `offline_dose` alone; nothing reads either.
ALTER TABLE vaccination
  ADD COLUMN device_id       text,
  ADD COLUMN client_id       text,
  -- by the device's own clock, and what that comes to by ours
  ADD COLUMN device_given_at timestamptz,
  ADD COLUMN given_at        timestamptz,
  -- why it is not the dose that it was taken for
  ADD COLUMN distinct_reason text;
-- Else the table could not be taken away without a lock on all doses.
ALTER TABLE offline_dose DROP CONSTRAINT offline_dose_vaccination_fk;
