-- Looks at every dose that a device told of, without a lock that who records a dose would wait for (see 0089). What devices
-- tell meanwhile to processes of the build before waits, or is refused and told again: it would be gone with the table.
LOCK TABLE offline_dose IN EXCLUSIVE MODE;
UPDATE vaccination v SET device_id = o.device_id, client_id = o.client_id, device_given_at = o.device_given_at,
  given_at = o.given_at, distinct_reason = o.distinct_reason
FROM offline_dose o WHERE v.person_id = o.person_id AND v.id = o.vaccination_id;
DROP TABLE offline_dose;
