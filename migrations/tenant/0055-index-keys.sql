-- The keys of blind indexes have numbers too. Emptied: nothing is stored under a key any more, and nothing is looked for
-- under it; it stays, because every later index is made from the earlier ones.
ALTER TABLE data_key ADD COLUMN emptied_at timestamptz;
ALTER TABLE data_key ADD CONSTRAINT data_key_emptied_check CHECK (emptied_at IS NULL OR purpose = 'indexes');

-- What is stored under an older key is stored anew under the newest.
GRANT UPDATE (phone_index) ON citizen_account, person_contact TO {{login}};
GRANT UPDATE (blind_index) ON identifier_claim, person_identifier TO {{login}};
