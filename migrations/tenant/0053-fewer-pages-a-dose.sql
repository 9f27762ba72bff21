-- What a dose touches does not grow with the country (docs/decisions/0046-fewer-pages-a-dose.md).

-- No index has a column that a dose changes: counters are changed in place and their indexes stay as they are. A lot that
-- is used up somewhere is one more row to pass over.
DROP INDEX stock_on_hand_lot_index;
CREATE INDEX stock_on_hand_lot_index ON stock_on_hand (lot_id);

-- Doses of a lot in the order in which they were recorded: the next one goes to its end, and not to a page of its own.
DROP INDEX vaccination_lot_index;
CREATE INDEX vaccination_lot_index ON vaccination (lot_id, id);

-- A person's doses lie wherever the table ended when each was given. All that a new dose is judged on lies beside their
-- keys, so that it is read from one page and not from as many as she has doses.
ALTER TABLE offline_dose DROP CONSTRAINT offline_dose_vaccination_fk;
ALTER TABLE vaccination DROP CONSTRAINT vaccination_replaces_fk;
ALTER TABLE vaccination DROP CONSTRAINT vaccination_pkey;
ALTER TABLE vaccination ADD CONSTRAINT vaccination_pkey PRIMARY KEY (person_id, id)
  INCLUDE (kind, replaces, facility_id, vaccine_code, given_on, lot_expires_on);
ALTER TABLE vaccination ADD CONSTRAINT vaccination_replaces_fk FOREIGN KEY (person_id, replaces)
  REFERENCES vaccination (person_id, id);
ALTER TABLE offline_dose ADD CONSTRAINT offline_dose_vaccination_fk FOREIGN KEY (person_id, vaccination_id)
  REFERENCES vaccination (person_id, id);
