-- Stock by place, product and lot: a ledger in whole doses, and what it says is on hand.

-- Reference rows: a lot is the same lot wherever it lies. Never changed; a wrong expiry date is another lot's mistake.
CREATE TABLE lot (
  id           uuid PRIMARY KEY,
  product_code text NOT NULL CONSTRAINT lot_product_fk REFERENCES product (code),
  lot_number   text NOT NULL,
  manufacturer text NOT NULL,
  expires_on   date NOT NULL,
  gtin         text CONSTRAINT lot_gtin_check CHECK (gtin ~ '^\d{14}$'),
  created_at   timestamptz NOT NULL,
  CONSTRAINT lot_identity_unique UNIQUE (product_code, lot_number, manufacturer)
);

-- Facts. A lot is on hold while a hold has no release: everywhere when no facility is named, else there.
CREATE TABLE lot_hold (
  lot_id      uuid NOT NULL CONSTRAINT lot_hold_lot_fk REFERENCES lot (id),
  id          uuid NOT NULL,
  facility_id uuid CONSTRAINT lot_hold_facility_fk REFERENCES facility (id),
  reason      text NOT NULL,
  at          timestamptz NOT NULL,
  actor_id    text,
  PRIMARY KEY (lot_id, id)
);
CREATE TABLE lot_hold_release (
  lot_id   uuid NOT NULL,
  hold_id  uuid NOT NULL,
  reason   text NOT NULL,
  at       timestamptz NOT NULL,
  actor_id text,
  PRIMARY KEY (lot_id, hold_id),
  CONSTRAINT lot_hold_release_hold_fk FOREIGN KEY (lot_id, hold_id) REFERENCES lot_hold (lot_id, id)
);

-- Facts, by double entry: doses leave one account of the facility and enter another. `day` is the country's own day
-- on which it happened, `at` the instant it was entered. One reference (a dose given, a consignment) moves doses of a
-- lot between two accounts once, so that nothing is drawn or given back twice.
CREATE TABLE stock_move (
  facility_id  uuid NOT NULL CONSTRAINT stock_move_facility_fk REFERENCES facility (id),
  id           uuid NOT NULL,
  lot_id       uuid NOT NULL CONSTRAINT stock_move_lot_fk REFERENCES lot (id),
  from_account text NOT NULL CHECK (from_account IN ('outside', 'on-hand', 'given', 'wasted')),
  to_account   text NOT NULL CHECK (to_account IN ('outside', 'on-hand', 'given', 'wasted')),
  doses        integer NOT NULL CHECK (doses > 0),
  reason       text NOT NULL,
  reference_id text,
  day          date NOT NULL,
  at           timestamptz NOT NULL,
  actor_id     text,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT stock_move_accounts_check CHECK (from_account <> to_account),
  CONSTRAINT stock_move_reference_unique UNIQUE (facility_id, reference_id, lot_id, from_account, to_account)
);
CREATE INDEX stock_move_lot_index ON stock_move (facility_id, lot_id);

-- Projection of the ledger, changed with it in one statement. The check is what makes overdrawing impossible.
CREATE TABLE stock_on_hand (
  facility_id       uuid NOT NULL CONSTRAINT stock_on_hand_facility_fk REFERENCES facility (id),
  lot_id            uuid NOT NULL CONSTRAINT stock_on_hand_lot_fk REFERENCES lot (id),
  doses             integer NOT NULL CONSTRAINT stock_on_hand_doses_check CHECK (doses >= 0),
  first_received_on date NOT NULL,
  PRIMARY KEY (facility_id, lot_id)
);

GRANT SELECT, INSERT ON lot, lot_hold, lot_hold_release, stock_move TO {{login}};
GRANT SELECT, INSERT, UPDATE ON stock_on_hand TO {{login}};
