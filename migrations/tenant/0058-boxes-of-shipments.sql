-- Which handling units of the network carry a shipment of stock, and what of it. A place table of the facility that sends;
-- that a unit exists only scans say, and they lie elsewhere.
CREATE TABLE stock_shipment_box (
  facility_id uuid NOT NULL,
  shipment_id uuid NOT NULL,
  unit_id     text COLLATE "C" NOT NULL,
  lot_id      uuid NOT NULL,
  doses       integer NOT NULL CHECK (doses > 0),
  PRIMARY KEY (facility_id, shipment_id, unit_id, lot_id),
  CONSTRAINT stock_shipment_box_line_fk FOREIGN KEY (facility_id, shipment_id, lot_id)
    REFERENCES stock_shipment_line (facility_id, shipment_id, lot_id)
);
-- What is in a unit: a box is used again, so that one has carried many shipments.
CREATE INDEX stock_shipment_box_unit_index ON stock_shipment_box (unit_id);
GRANT SELECT, INSERT, DELETE ON stock_shipment_box TO {{login}};

-- What lies set apart of a lot, for a recall; wasted doses have such an index already.
CREATE INDEX stock_move_apart_index ON stock_move (facility_id, lot_id)
  WHERE to_account = 'set-apart' OR from_account = 'set-apart';
