-- What a consignment weighs, where that is known; and what is planned to go along with each departure that can only carry so
-- much. Changed with the plans, in one transaction. `taken` may exceed what the leg carries: it was too much for every run.
ALTER TABLE consignment ADD COLUMN grams integer CONSTRAINT consignment_grams_check CHECK (grams > 0);

CREATE TABLE run_load (
  from_hub_id uuid NOT NULL,
  leg_id      uuid NOT NULL,
  -- the country's own day of the departure
  day         date NOT NULL,
  taken_grams bigint NOT NULL CHECK (taken_grams >= 0),
  PRIMARY KEY (from_hub_id, leg_id, day)
);
GRANT SELECT, INSERT, UPDATE ON run_load TO {{login}};
