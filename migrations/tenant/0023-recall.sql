-- Who was given a lot, for a recall.
CREATE INDEX vaccination_lot_index ON vaccination (lot_id, person_id);
-- Doses that were said anew or voided, which are few. Only for who asks for changes by name: whoever asks about one
-- person is better served by the unique index, and the planner must not prefer this one because it is small.
CREATE INDEX vaccination_change_index ON vaccination (person_id, replaces) WHERE kind <> 'given';
