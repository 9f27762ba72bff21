-- Doses on their way between facilities. Place tables of the facility that sends.

CREATE TABLE stock_shipment (
  facility_id    uuid NOT NULL CONSTRAINT stock_shipment_facility_fk REFERENCES facility (id),
  id             uuid NOT NULL,
  to_facility_id uuid NOT NULL CONSTRAINT stock_shipment_to_facility_fk REFERENCES facility (id),
  state          text NOT NULL CHECK (state IN ('ALLOCATED', 'DESPATCHED', 'RECEIVED', 'CANCELLED')),
  allocated_at   timestamptz NOT NULL,
  despatched_at  timestamptz,
  received_at    timestamptz,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT stock_shipment_elsewhere_check CHECK (facility_id <> to_facility_id)
);
CREATE INDEX stock_shipment_to_facility_index ON stock_shipment (to_facility_id, id);

CREATE TABLE stock_shipment_line (
  facility_id   uuid NOT NULL,
  shipment_id   uuid NOT NULL,
  lot_id        uuid NOT NULL CONSTRAINT stock_shipment_line_lot_fk REFERENCES lot (id),
  doses         integer NOT NULL CHECK (doses > 0),
  accepted      integer CHECK (accepted >= 0),
  rejected      integer CHECK (rejected >= 0),
  reject_reason text,
  short         integer CHECK (short >= 0),
  over          integer CHECK (over >= 0),
  PRIMARY KEY (facility_id, shipment_id, lot_id),
  CONSTRAINT stock_shipment_line_shipment_fk FOREIGN KEY (facility_id, shipment_id) REFERENCES stock_shipment (facility_id, id),
  CONSTRAINT stock_shipment_line_balance_check CHECK (accepted + rejected + short - over = doses),
  CONSTRAINT stock_shipment_line_reason_check CHECK (coalesce(rejected, 0) = 0 OR reject_reason IS NOT NULL)
);
-- A recall asks who has a lot, and what carries it.
CREATE INDEX stock_on_hand_lot_index ON stock_on_hand (lot_id) WHERE doses > 0;
CREATE INDEX stock_shipment_line_lot_index ON stock_shipment_line (lot_id);

GRANT SELECT, INSERT, UPDATE ON stock_shipment, stock_shipment_line TO {{login}};
