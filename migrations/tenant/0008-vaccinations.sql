-- Doses given, and doses that were not. Person tables, keyed by the person; facts, appended and never changed.

-- How many facts of doses a person has. Whoever decided on a history of n facts may only add the next one while there
-- are still n: the gate that keeps two clinics from giving one dose twice, without a lock held while deciding.
CREATE TABLE dose_history (
  person_id uuid PRIMARY KEY CONSTRAINT dose_history_person_fk REFERENCES person (person_id),
  facts     integer NOT NULL CHECK (facts > 0)
);

-- Each row states a dose whole. A correction states it anew and a void says that it is not so; both name the fact they
-- replace, which can be replaced once. What no row replaces, and is no void, is true now.
CREATE TABLE vaccination (
  person_id        uuid NOT NULL CONSTRAINT vaccination_person_fk REFERENCES person (person_id),
  id               uuid NOT NULL,
  kind             text NOT NULL CHECK (kind IN ('given', 'correction', 'void')),
  replaces         uuid,
  reason           text,
  product_code     text NOT NULL CONSTRAINT vaccination_product_fk REFERENCES product (code),
  vaccine_code     text NOT NULL,
  lot_id           uuid NOT NULL CONSTRAINT vaccination_lot_fk REFERENCES lot (id),
  lot_number       text NOT NULL,
  lot_expires_on   date NOT NULL,
  -- the reference under which the ledger of stock has the dose
  drawn_as         uuid NOT NULL,
  facility_id      uuid NOT NULL CONSTRAINT vaccination_facility_fk REFERENCES facility (id),
  session_id       uuid,
  given_on         date NOT NULL,
  site             text,
  route            text NOT NULL,
  vaccinator_id    text NOT NULL,
  presence         text NOT NULL CHECK (presence IN ('CHECKED_IN', 'WALK_IN', 'OVERRIDE')),
  presence_reason  text,
  late_reason      text,
  clinical_reason  text,
  -- what the schedule said of the dose, and which schedule, when it was recorded
  counted          jsonb NOT NULL,
  schedule_code    text NOT NULL,
  schedule_version text NOT NULL,
  recorded_by      text NOT NULL,
  recorded_at      timestamptz NOT NULL,
  -- when the dose itself was first recorded, and by whom: a correction does not start the window anew
  first_recorded_by text NOT NULL,
  first_recorded_at timestamptz NOT NULL,
  PRIMARY KEY (person_id, id),
  CONSTRAINT vaccination_replaces_unique UNIQUE (person_id, replaces),
  CONSTRAINT vaccination_replaces_fk FOREIGN KEY (person_id, replaces) REFERENCES vaccination (person_id, id),
  CONSTRAINT vaccination_first_check CHECK ((kind = 'given') = (replaces IS NULL)),
  CONSTRAINT vaccination_change_reason_check CHECK ((kind = 'given') = (reason IS NULL)),
  CONSTRAINT vaccination_override_has_reason CHECK ((presence = 'OVERRIDE') = (presence_reason IS NOT NULL))
);

-- A dose that was due and not given, with the reason.
CREATE TABLE vaccination_not_done (
  person_id     uuid NOT NULL CONSTRAINT vaccination_not_done_person_fk REFERENCES person (person_id),
  id            uuid NOT NULL,
  vaccine_group text NOT NULL,
  reason        text NOT NULL CHECK (reason IN ('REFUSAL', 'STOCK_OUT', 'ILLNESS', 'CONTRAINDICATION')),
  facility_id   uuid NOT NULL CONSTRAINT vaccination_not_done_facility_fk REFERENCES facility (id),
  session_id    uuid,
  day           date NOT NULL,
  recorded_by   text NOT NULL,
  recorded_at   timestamptz NOT NULL,
  PRIMARY KEY (person_id, id)
);

GRANT SELECT, INSERT, UPDATE ON dose_history TO {{login}};
GRANT SELECT, INSERT ON vaccination, vaccination_not_done TO {{login}};
