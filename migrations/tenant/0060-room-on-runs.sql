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

-- What else the control tower counts of a consignment; rows of before say 0 until they are told anew (`RebuildTower`).
ALTER TABLE consignment_figure
  ADD COLUMN broken_seals integer NOT NULL DEFAULT 0,
  ADD COLUMN exposures integer NOT NULL DEFAULT 0;
-- It counts excursions by when they were opened, and those that nobody has decided on.
CREATE INDEX excursion_opened_index ON excursion (opened_at);
CREATE INDEX excursion_decided_index ON excursion (decided_at) WHERE decided_at IS NOT NULL;
