-- Vials of several doses from the moment they are opened, and what a session says became of them. Place tables.

-- Doses that nobody can account for are lost; those sent are on their way until somebody has them; those that are there
-- and that nobody had come from unknown.
ALTER TABLE stock_move
  ADD COLUMN session_id uuid,
  ADD COLUMN vial_id uuid,
  DROP CONSTRAINT stock_move_from_account_check,
  DROP CONSTRAINT stock_move_to_account_check,
  ADD CONSTRAINT stock_move_from_account_check
    CHECK (from_account IN ('outside', 'on-hand', 'given', 'wasted', 'lost', 'allocated', 'in-transit', 'unknown')) NOT VALID,
  ADD CONSTRAINT stock_move_to_account_check
    CHECK (to_account IN ('outside', 'on-hand', 'given', 'wasted', 'lost', 'allocated', 'in-transit', 'unknown')) NOT VALID;
-- What sessions wasted and lost. Doses given, by far the most, are not in it.
CREATE INDEX stock_move_session_loss_index ON stock_move (facility_id, session_id, lot_id)
  WHERE session_id IS NOT NULL AND (to_account IN ('wasted', 'lost') OR from_account IN ('wasted', 'lost'));

-- An opened vial. What is left in it is part of what is on hand. `use_by` is the product's own rule, from when it was
-- opened. No session: it is kept for whichever draws from it next; `kept_by` is the session that was the last to keep it.
CREATE TABLE open_vial (
  facility_id uuid NOT NULL,
  id          uuid NOT NULL,
  lot_id      uuid NOT NULL,
  session_id  uuid,
  kept_by     uuid,
  doses       integer NOT NULL CONSTRAINT open_vial_doses_check CHECK (doses > 1),
  left_doses  integer NOT NULL CONSTRAINT open_vial_left_check CHECK (left_doses BETWEEN 0 AND doses),
  opened_at   timestamptz NOT NULL,
  use_by      timestamptz NOT NULL,
  opened_by   text,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT open_vial_shelf_fk FOREIGN KEY (facility_id, lot_id) REFERENCES stock_on_hand (facility_id, lot_id),
  CONSTRAINT open_vial_session_fk FOREIGN KEY (facility_id, session_id) REFERENCES session (facility_id, id)
);
CREATE INDEX open_vial_open_index ON open_vial (facility_id, lot_id, use_by) WHERE left_doses > 0;

-- Projection: what a session used of a lot, in doses, kept with the ledger in one statement so that a count of the
-- session and a dose that comes late see each other. `brought`: in vials that an earlier session had opened.
CREATE TABLE session_lot (
  facility_id uuid NOT NULL,
  session_id  uuid NOT NULL,
  lot_id      uuid NOT NULL CONSTRAINT session_lot_lot_fk REFERENCES lot (id),
  brought     integer NOT NULL CHECK (brought >= 0),
  opened      integer NOT NULL CHECK (opened >= 0),
  given       integer NOT NULL CHECK (given >= 0),
  -- what it kept in open vials, by the newest count that was accepted
  returned    integer NOT NULL DEFAULT 0 CHECK (returned >= 0),
  state       text NOT NULL CHECK (state IN ('OPEN', 'CLOSED', 'DISPUTED', 'REOPENED')),
  PRIMARY KEY (facility_id, session_id, lot_id),
  CONSTRAINT session_lot_session_fk FOREIGN KEY (facility_id, session_id) REFERENCES session (facility_id, id)
);
CREATE INDEX session_lot_unsettled_index ON session_lot (facility_id) WHERE state IN ('DISPUTED', 'REOPENED');

-- What was counted at the end of a session, lot by lot. A later count replaces an earlier one. Facts; the decision of the
-- second person is the one thing that is added to a count.
CREATE TABLE session_count (
  facility_id   uuid NOT NULL,
  session_id    uuid NOT NULL,
  lot_id        uuid NOT NULL,
  id            uuid NOT NULL,
  vials_opened  integer NOT NULL CHECK (vials_opened >= 0),
  -- doses by reason
  wasted        jsonb NOT NULL,
  returned_open integer NOT NULL CHECK (returned_open >= 0),
  -- doses opened and brought, less those given, wasted and returned; below nothing: more were given than opened
  difference    integer NOT NULL,
  reason        text,
  counted_by    text NOT NULL,
  counted_at    timestamptz NOT NULL,
  approved      boolean,
  decided_by    text,
  decided_at    timestamptz,
  PRIMARY KEY (facility_id, session_id, lot_id, id),
  CONSTRAINT session_count_line_fk FOREIGN KEY (facility_id, session_id, lot_id)
    REFERENCES session_lot (facility_id, session_id, lot_id),
  CONSTRAINT session_count_reason_check CHECK (difference = 0 OR reason IS NOT NULL),
  CONSTRAINT session_count_second_person_check CHECK (decided_by <> counted_by)
);

GRANT SELECT, INSERT, UPDATE ON open_vial, session_lot TO {{login}};
GRANT SELECT, INSERT ON session_count TO {{login}};
GRANT UPDATE (approved, decided_by, decided_at) ON session_count TO {{login}};
