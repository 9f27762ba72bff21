-- What a facility should have, what it asks for, what goes back, and who runs short. Place tables, keyed by the facility.

-- Set by a person, from a proposal or not. Whole doses.
CREATE TABLE stock_level (
  facility_id   uuid NOT NULL CONSTRAINT stock_level_facility_fk REFERENCES facility (id),
  product_code  text NOT NULL CONSTRAINT stock_level_product_fk REFERENCES product (code),
  min_doses     integer NOT NULL CHECK (min_doses >= 0),
  reorder_doses integer NOT NULL,
  max_doses     integer NOT NULL CHECK (max_doses > 0),
  -- how long before its last day a lot is to be told of
  expiry_days   integer NOT NULL CHECK (expiry_days >= 0),
  set_at        timestamptz NOT NULL,
  set_by        text NOT NULL,
  PRIMARY KEY (facility_id, product_code),
  CONSTRAINT stock_level_order_check CHECK (min_doses <= reorder_doses AND reorder_doses <= max_doses)
);

-- What a facility asks another for. How far it has come beyond APPROVED its shipment says.
CREATE TABLE stock_requisition (
  facility_id uuid NOT NULL CONSTRAINT stock_requisition_facility_fk REFERENCES facility (id),
  id          uuid NOT NULL,
  supplier_id uuid NOT NULL CONSTRAINT stock_requisition_supplier_fk REFERENCES facility (id),
  state       text NOT NULL CHECK (state IN ('REQUESTED', 'APPROVED', 'REFUSED', 'CANCELLED')),
  asked_by    text NOT NULL,
  asked_at    timestamptz NOT NULL,
  decided_by  text,
  decided_at  timestamptz,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT stock_requisition_elsewhere_check CHECK (facility_id <> supplier_id),
  CONSTRAINT stock_requisition_second_person_check CHECK (decided_by <> asked_by),
  CONSTRAINT stock_requisition_decided_check CHECK (state NOT IN ('APPROVED', 'REFUSED') OR decided_at IS NOT NULL)
);
CREATE INDEX stock_requisition_supplier_index ON stock_requisition (supplier_id, id);

-- `proposed`: what the levels and the stock of that moment came to; null where no level was set.
CREATE TABLE stock_requisition_line (
  facility_id    uuid NOT NULL,
  requisition_id uuid NOT NULL,
  product_code   text NOT NULL CONSTRAINT stock_requisition_line_product_fk REFERENCES product (code),
  usable         integer NOT NULL,
  on_the_way     integer NOT NULL,
  proposed       integer CHECK (proposed >= 0),
  requested      integer NOT NULL CHECK (requested > 0),
  reason         text,
  approved       integer CHECK (approved BETWEEN 0 AND requested),
  cut_reason     text,
  PRIMARY KEY (facility_id, requisition_id, product_code),
  CONSTRAINT stock_requisition_line_requisition_fk FOREIGN KEY (facility_id, requisition_id)
    REFERENCES stock_requisition (facility_id, id),
  CONSTRAINT stock_requisition_line_reason_check CHECK (requested = proposed OR proposed IS NULL OR reason IS NOT NULL),
  CONSTRAINT stock_requisition_line_cut_check CHECK (approved IS NULL OR approved = requested OR cut_reason IS NOT NULL)
);

-- A shipment answers a requisition of the place that it goes to, or brings back what a shipment of that place brought. No
-- foreign keys: on many servers the two lie apart.
ALTER TABLE stock_shipment
  ADD COLUMN requisition_id uuid,
  ADD COLUMN return_reason text,
  ADD COLUMN returns_id uuid,
  ADD CONSTRAINT stock_shipment_return_check CHECK ((return_reason IS NULL) = (returns_id IS NULL));
CREATE UNIQUE INDEX stock_shipment_requisition_unique ON stock_shipment (facility_id, requisition_id)
  WHERE requisition_id IS NOT NULL AND state <> 'CANCELLED';
CREATE INDEX stock_shipment_coming_index ON stock_shipment (to_facility_id) WHERE state IN ('ALLOCATED', 'DESPATCHED');
CREATE INDEX stock_shipment_returns_index ON stock_shipment (facility_id, returns_id) WHERE returns_id IS NOT NULL;

-- What is short or over has its reason; a lot that came and was not sent is a line of no doses.
ALTER TABLE stock_shipment_line
  ADD COLUMN short_reason text,
  ADD COLUMN over_reason text,
  DROP CONSTRAINT stock_shipment_line_doses_check,
  ADD CONSTRAINT stock_shipment_line_doses_check CHECK (doses > 0 OR (doses = 0 AND over > 0));

-- Projections, kept by the facts that inventory announces and by a round over all facilities; nobody asks the ledger for a
-- country's stock-outs. Whole doses.
CREATE TABLE stock_figure (
  facility_id  uuid NOT NULL CONSTRAINT stock_figure_facility_fk REFERENCES facility (id),
  product_code text NOT NULL,
  -- may be given today
  usable       integer NOT NULL,
  -- on the shelf and expired, on hold or open too long
  unusable     integer NOT NULL,
  -- set aside for it elsewhere, or despatched to it
  on_the_way   integer NOT NULL,
  -- will not be used up before their last day, which is near
  at_risk      integer NOT NULL,
  -- of the lots at risk the first
  expires_on   date,
  -- doses a day; null where nothing was used
  daily_use    double precision,
  measured_on  date NOT NULL,
  PRIMARY KEY (facility_id, product_code)
);

CREATE TABLE stock_alert (
  facility_id  uuid NOT NULL,
  product_code text NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('STOCK_OUT', 'BELOW_MINIMUM', 'NEAR_EXPIRY')),
  since        timestamptz NOT NULL,
  PRIMARY KEY (facility_id, product_code, kind),
  CONSTRAINT stock_alert_figure_fk FOREIGN KEY (facility_id, product_code) REFERENCES stock_figure (facility_id, product_code)
);
CREATE INDEX stock_alert_since_index ON stock_alert (since, facility_id, product_code, kind);

-- Until when the figures hold all that happened: when the last round that came to its end began. One row.
CREATE TABLE stock_round (
  only_one boolean PRIMARY KEY CHECK (only_one),
  as_of    timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON stock_level, stock_requisition, stock_requisition_line, stock_figure, stock_round TO {{login}};
GRANT SELECT, INSERT, DELETE ON stock_alert TO {{login}};
