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
