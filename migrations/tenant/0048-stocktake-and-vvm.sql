-- What vaccine vial monitors show, counts of a whole place, and what was destroyed. Place tables, keyed by the facility.

-- What ends a hold: somebody who releases it, or only what placed it (a decision on an excursion, a better reading of vial
-- monitors). Without it whoever may release holds could pass by the second person who decides.
ALTER TABLE lot_hold ADD COLUMN ended_by text NOT NULL DEFAULT 'RELEASE'
  CONSTRAINT lot_hold_ended_by_check CHECK (ended_by IN ('RELEASE', 'EXCURSION', 'VVM'));
UPDATE lot_hold SET ended_by = 'EXCURSION' WHERE id IN (SELECT hold_id FROM excursion_lot);

-- The worst stage (1 to 4, WHO) on the shelf as it was last seen; null: nobody looked. At 3 or 4 a hold stands beside it.
ALTER TABLE stock_on_hand ADD COLUMN vvm_stage smallint
  CONSTRAINT stock_on_hand_vvm_check CHECK (vvm_stage BETWEEN 1 AND 4);

-- Facts: what was seen, and what the shelf came to by it. `number` counts up under the lock of the shelf, so that the last
-- one is what the shelf says, whatever clocks say. `hold_id`: the hold that stands while the shelf is at the discard point.
CREATE TABLE vvm_reading (
  facility_id  uuid NOT NULL,
  lot_id       uuid NOT NULL,
  number       integer NOT NULL CHECK (number > 0),
  seen         smallint CHECK (seen BETWEEN 1 AND 4),
  shelf        smallint CHECK (shelf BETWEEN 1 AND 4),
  source       text NOT NULL CHECK (source IN ('RECEIPT', 'CHECK', 'COUNT')),
  reference_id text,
  hold_id      uuid,
  at           timestamptz NOT NULL,
  actor_id     text,
  PRIMARY KEY (facility_id, lot_id, number),
  CONSTRAINT vvm_reading_shelf_fk FOREIGN KEY (facility_id, lot_id) REFERENCES stock_on_hand (facility_id, lot_id)
);

GRANT SELECT, INSERT ON vvm_reading TO {{login}};

-- Doses that a count found unfit are kept apart until it is decided on; what was wasted is destroyed before a witness.
ALTER TABLE stock_move
  DROP CONSTRAINT stock_move_from_account_check,
  DROP CONSTRAINT stock_move_to_account_check,
  ADD CONSTRAINT stock_move_from_account_check CHECK (from_account IN ('outside', 'on-hand', 'given', 'wasted', 'lost',
    'allocated', 'in-transit', 'unknown', 'set-apart', 'destroyed')) NOT VALID,
  ADD CONSTRAINT stock_move_to_account_check CHECK (to_account IN ('outside', 'on-hand', 'given', 'wasted', 'lost',
    'allocated', 'in-transit', 'unknown', 'set-apart', 'destroyed')) NOT VALID;
-- What lies wasted and is still to be destroyed.
CREATE INDEX stock_move_wasted_index ON stock_move (facility_id, lot_id)
  WHERE to_account = 'wasted' OR from_account = 'wasted';

-- A count of a whole place, or of some of its products (null: all). `version` goes up with whatever changes.
CREATE TABLE stocktake (
  facility_id   uuid NOT NULL CONSTRAINT stocktake_facility_fk REFERENCES facility (id),
  id            uuid NOT NULL,
  product_codes text[],
  state         text NOT NULL CHECK (state IN ('OPEN', 'SUBMITTED', 'APPROVED', 'CANCELLED')),
  version       integer NOT NULL CHECK (version > 0),
  opened_at     timestamptz NOT NULL,
  opened_by     text NOT NULL,
  submitted_at  timestamptz,
  submitted_by  text,
  decided_at    timestamptz,
  decided_by    text,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT stocktake_second_person_check CHECK (state <> 'APPROVED' OR decided_by NOT IN (opened_by, submitted_by))
);
-- One at a time: two would each put the same difference right.
CREATE UNIQUE INDEX stocktake_open_unique ON stocktake (facility_id) WHERE state IN ('OPEN', 'SUBMITTED');

-- A lot to be counted. `reason`: why it differs from the book, as whoever counted says.
CREATE TABLE stocktake_line (
  facility_id  uuid NOT NULL,
  stocktake_id uuid NOT NULL,
  lot_id       uuid NOT NULL CONSTRAINT stocktake_line_lot_fk REFERENCES lot (id),
  state        text NOT NULL CHECK (state IN ('DUE', 'COUNTED', 'SETTLED')),
  reason       text,
  remark       text,
  -- doses found, or (below nothing) lost, as the ledger has it since it was approved
  difference   integer,
  PRIMARY KEY (facility_id, stocktake_id, lot_id),
  CONSTRAINT stocktake_line_settled_check CHECK ((state = 'SETTLED') = (difference IS NOT NULL)),
  CONSTRAINT stocktake_line_stocktake_fk FOREIGN KEY (facility_id, stocktake_id) REFERENCES stocktake (facility_id, id)
);

-- Facts: what somebody counted of a lot. A later count replaces an earlier one.
CREATE TABLE stocktake_count (
  facility_id  uuid NOT NULL,
  stocktake_id uuid NOT NULL,
  lot_id       uuid NOT NULL,
  id           uuid NOT NULL,
  -- fit for use, and the worst stage of their vial monitors
  doses        integer NOT NULL CHECK (doses >= 0),
  vvm_stage    smallint CHECK (vvm_stage BETWEEN 1 AND 2),
  -- doses by reason: unfit, and those of them that left the shelf with this count
  unfit        jsonb NOT NULL,
  set_apart    jsonb NOT NULL,
  -- on hand by the ledger at that time; and what the ledger then had come to by the entries of earlier days
  book         integer NOT NULL,
  earlier_days integer NOT NULL,
  counted_at   timestamptz NOT NULL,
  counted_on   date NOT NULL,
  entered_at   timestamptz NOT NULL,
  counted_by   text NOT NULL,
  PRIMARY KEY (facility_id, stocktake_id, lot_id, id),
  CONSTRAINT stocktake_count_line_fk FOREIGN KEY (facility_id, stocktake_id, lot_id)
    REFERENCES stocktake_line (facility_id, stocktake_id, lot_id)
);

GRANT SELECT, INSERT, UPDATE ON stocktake, stocktake_line TO {{login}};
GRANT SELECT, INSERT ON stocktake_count TO {{login}};

-- What was destroyed, how, and before whom.
CREATE TABLE stock_destruction (
  facility_id        uuid NOT NULL CONSTRAINT stock_destruction_facility_fk REFERENCES facility (id),
  id                 uuid NOT NULL,
  method             text NOT NULL,
  document_reference text NOT NULL,
  destroyed_on       date NOT NULL,
  state              text NOT NULL CHECK (state IN ('RECORDED', 'WITNESSED', 'WITHDRAWN')),
  recorded_at        timestamptz NOT NULL,
  recorded_by        text NOT NULL,
  witnessed_at       timestamptz,
  witnessed_by       text,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT stock_destruction_witness_check CHECK (witnessed_by <> recorded_by),
  CONSTRAINT stock_destruction_witnessed_check CHECK ((state = 'WITNESSED') = (witnessed_by IS NOT NULL))
);
CREATE TABLE stock_destruction_line (
  facility_id    uuid NOT NULL,
  destruction_id uuid NOT NULL,
  lot_id         uuid NOT NULL CONSTRAINT stock_destruction_line_lot_fk REFERENCES lot (id),
  doses          integer NOT NULL CHECK (doses > 0),
  PRIMARY KEY (facility_id, destruction_id, lot_id),
  CONSTRAINT stock_destruction_line_destruction_fk FOREIGN KEY (facility_id, destruction_id)
    REFERENCES stock_destruction (facility_id, id)
);

GRANT SELECT, INSERT, UPDATE ON stock_destruction TO {{login}};
GRANT SELECT, INSERT ON stock_destruction_line TO {{login}};
