-- What stands on a shelf beside vaccines: syringes, diluents, safety boxes, counted in pieces
-- (docs/decisions/0057-supplies-in-the-ledger.md). The columns `doses` of the ledger hold whole doses or pieces: the unit
-- is the lot's, and never changes.

ALTER TABLE product
  ALTER COLUMN vaccine DROP NOT NULL,
  ALTER COLUMN route DROP NOT NULL,
  ALTER COLUMN doses_per_vial DROP NOT NULL,
  ADD COLUMN unit text NOT NULL DEFAULT 'DOSE' CONSTRAINT product_unit_check CHECK (unit IN ('DOSE', 'PIECE')),
  ADD COLUMN gtins text[] NOT NULL DEFAULT '{}',
  ADD COLUMN expires boolean NOT NULL DEFAULT true,
  ADD CONSTRAINT product_vaccine_check CHECK (unit = 'PIECE' OR num_nulls(vaccine, route, doses_per_vial) = 0),
  ADD CONSTRAINT product_unit_unique UNIQUE (code, unit);

ALTER TABLE lot ADD COLUMN unit text NOT NULL DEFAULT 'DOSE';
ALTER TABLE lot DROP CONSTRAINT lot_product_fk;
ALTER TABLE lot ADD CONSTRAINT lot_product_fk FOREIGN KEY (product_code, unit) REFERENCES product (code, unit);

COMMENT ON COLUMN stock_move.doses IS 'whole doses, or pieces of a supply: lot.unit';
COMMENT ON COLUMN stock_on_hand.doses IS 'whole doses, or pieces of a supply: lot.unit';
