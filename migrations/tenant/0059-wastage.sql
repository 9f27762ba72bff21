-- What became of the doses of each month, for the rates of wastage. A projection of the ledger, kept once a day for each
-- facility; nobody asks the ledger for a country's wastage. Place tables. Whole doses.
CREATE TABLE stock_use_month (
  facility_id  uuid NOT NULL CONSTRAINT stock_use_month_facility_fk REFERENCES facility (id),
  -- its first day
  month        date NOT NULL,
  product_code text NOT NULL,
  -- OPENED, UNOPENED: wasted or lost out of vials that were, or were not
  fate         text NOT NULL CHECK (fate IN ('GIVEN', 'OPENED', 'UNOPENED')),
  reason       text NOT NULL,
  doses        integer NOT NULL,
  PRIMARY KEY (facility_id, month, product_code, fate, reason)
);
-- Up to which entry of a facility's ledger its months say everything.
CREATE TABLE stock_use_read (
  facility_id uuid PRIMARY KEY CONSTRAINT stock_use_read_facility_fk REFERENCES facility (id),
  read_on     date NOT NULL,
  as_of       timestamptz NOT NULL
);
GRANT SELECT, INSERT, DELETE ON stock_use_month TO {{login}};
GRANT SELECT, INSERT, UPDATE ON stock_use_read TO {{login}};
