-- What a box stands in (a cold box, a carton, a vehicle), as whoever packs says: it counts until the box is scanned
-- (docs/decisions/0058-in-the-cold-box-until-a-scan.md).
ALTER TABLE stock_shipment_box ADD COLUMN into_unit_id text COLLATE "C"
  CONSTRAINT stock_shipment_box_into_check CHECK (into_unit_id <> unit_id);
CREATE INDEX stock_shipment_box_into_index ON stock_shipment_box (into_unit_id) WHERE into_unit_id IS NOT NULL;
