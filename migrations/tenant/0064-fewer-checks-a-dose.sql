-- What a dose refers to is checked row by row, and each check cost as much as an index
-- (docs/decisions/0050-fewer-checks-a-dose.md).

-- A dose refers to its person's history, which the same statement has just counted it in, and which refers to the person:
-- her own row, on a page of its own, need not be locked and logged too.
ALTER TABLE vaccination DROP CONSTRAINT vaccination_person_fk;
ALTER TABLE vaccination ADD CONSTRAINT vaccination_history_fk FOREIGN KEY (person_id) REFERENCES dose_history (person_id);

-- A dose is of its lot's product: one check of both says more than one of each.
ALTER TABLE lot ADD CONSTRAINT lot_product_unique UNIQUE (id, product_code);
ALTER TABLE vaccination DROP CONSTRAINT vaccination_product_fk;
ALTER TABLE vaccination DROP CONSTRAINT vaccination_lot_fk;
ALTER TABLE vaccination ADD CONSTRAINT vaccination_lot_fk FOREIGN KEY (lot_id, product_code)
  REFERENCES lot (id, product_code);
