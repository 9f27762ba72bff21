-- One index of the ledger in place of two (docs/decisions/0052-fewer-entries-a-dose.md): whoever looks for a reference knows
-- its lot, and the entries of a lot lie together in either.
ALTER TABLE stock_move DROP CONSTRAINT stock_move_reference_unique;
ALTER TABLE stock_move ADD CONSTRAINT stock_move_reference_unique
  UNIQUE (facility_id, lot_id, reference_id, from_account, to_account);
DROP INDEX stock_move_lot_index;
