-- What is kept for years is found by an index, and what was only on its way goes (docs/decisions/0019-growth.md).

-- Auditors ask by place and by account: without these they read the trail of the whole country.
CREATE INDEX audit_entry_facility_index ON audit_entry (facility_id, id) WHERE facility_id IS NOT NULL;
CREATE INDEX audit_entry_actor_index ON audit_entry (actor_id, id) WHERE actor_id IS NOT NULL;

-- Facts are carried in this order: a batch of them costs the same however many wait behind it.
CREATE INDEX outbox_event_waiting_index ON outbox_event (id) WHERE delivered_at IS NULL;

-- Until when a key is remembered; null: for ever, as those of devices and of registers on paper.
ALTER TABLE idempotency_key ADD COLUMN expires_at timestamptz;
CREATE INDEX idempotency_key_expiry_index ON idempotency_key (expires_at) WHERE expires_at IS NOT NULL;

-- What a dose writes of people lies anywhere: in a large country each such page is one that nobody else has touched, and
-- goes to the log whole. Only corrections and voids replace something; the first fact of a dose needs no entry for that.
ALTER TABLE vaccination DROP CONSTRAINT vaccination_replaces_unique;
CREATE UNIQUE INDEX vaccination_replaces_unique ON vaccination (person_id, replaces) WHERE replaces IS NOT NULL;
-- Room for the next count on the same page, so that its index stays as it is.
ALTER TABLE dose_history SET (fillfactor = 80);

GRANT DELETE ON outbox_event, sign_in_code TO {{login}};
