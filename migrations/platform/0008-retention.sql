-- Facts of the platform plane are forgotten like those of a country: a week after they were carried.
CREATE INDEX outbox_event_waiting_index ON outbox_event (id) WHERE delivered_at IS NULL;
GRANT DELETE ON outbox_event TO {{login}};
