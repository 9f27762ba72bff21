-- Appointments that cannot be kept where they are (a session that will not be held, a lot that failed) are moved, or
-- their people wait for the first place that comes. Place tables.

-- In which language whoever booked was answered, to be written to in it. Null where nobody's account booked.
ALTER TABLE appointment ADD COLUMN language text;

-- An order that some appointments of sessions be kept elsewhere. `to_*`: the sessions to try, in this order.
CREATE TABLE relocation (
  facility_id     uuid NOT NULL,
  id              uuid NOT NULL,
  session_ids     uuid[] NOT NULL,
  product         text,
  keep            integer NOT NULL CHECK (keep >= 0),
  to_facility_ids uuid[] NOT NULL,
  to_session_ids  uuid[] NOT NULL,
  because         text NOT NULL CHECK (because IN ('SESSION_CANCELLED', 'STOCK_FAILED')),
  reason          text NOT NULL,
  wait_until      date NOT NULL,
  ordered_by_kind text NOT NULL,
  ordered_by      text,
  ordered_at      timestamptz NOT NULL,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT relocation_to_check CHECK (cardinality(to_facility_ids) = cardinality(to_session_ids))
);

-- A booking that an order is about, and what has become of it. `position` is its turn. TO_MOVE until the job comes to it.
CREATE TABLE displaced_booking (
  facility_id    uuid NOT NULL,
  relocation_id  uuid NOT NULL,
  booking_id     uuid NOT NULL,
  position       integer NOT NULL CHECK (position > 0),
  people         integer NOT NULL CHECK (people > 0),
  state          text NOT NULL CHECK (state IN ('TO_MOVE', 'MOVED', 'WAITING', 'OFFERED', 'OVER')),
  to_facility_id uuid,
  to_booking_id  uuid,
  changed_at     timestamptz NOT NULL,
  PRIMARY KEY (facility_id, relocation_id, booking_id),
  CONSTRAINT displaced_booking_relocation_fk FOREIGN KEY (facility_id, relocation_id) REFERENCES relocation (facility_id, id),
  CONSTRAINT displaced_booking_position_unique UNIQUE (facility_id, relocation_id, position),
  CONSTRAINT displaced_booking_to_check CHECK ((state IN ('MOVED', 'OFFERED')) = (to_booking_id IS NOT NULL))
);
-- Who waits for the first place: few, and soon none.
CREATE INDEX displaced_booking_waiting_index ON displaced_booking (facility_id, relocation_id, position) WHERE state = 'WAITING';

-- Which people of which appointment an order found; those of a booking that it is not about stay where they are.
CREATE TABLE displaced_appointment (
  facility_id    uuid NOT NULL,
  relocation_id  uuid NOT NULL,
  appointment_id uuid NOT NULL,
  booking_id     uuid NOT NULL,
  PRIMARY KEY (facility_id, relocation_id, appointment_id),
  CONSTRAINT displaced_appointment_booking_fk FOREIGN KEY (facility_id, relocation_id, booking_id)
    REFERENCES displaced_booking (facility_id, relocation_id, booking_id)
);
CREATE INDEX displaced_appointment_booking_index ON displaced_appointment (facility_id, relocation_id, booking_id);

GRANT SELECT, INSERT ON relocation, displaced_appointment TO {{login}};
GRANT SELECT, INSERT, UPDATE ON displaced_booking TO {{login}};

-- The most places that one account, device or network may take of a session's that are booked as people come; null for
-- no limit.
ALTER TABLE session
  ADD COLUMN cap_account integer CONSTRAINT session_cap_account_check CHECK (cap_account > 0),
  ADD COLUMN cap_device integer CONSTRAINT session_cap_device_check CHECK (cap_device > 0),
  ADD COLUMN cap_network integer CONSTRAINT session_cap_network_check CHECK (cap_network > 0);

-- Through what a place of such a session was taken. The tag tells which places of this session share an account, a
-- device or a network, and no more.
CREATE TABLE appointment_origin (
  facility_id    uuid NOT NULL,
  session_id     uuid NOT NULL,
  capped         text NOT NULL CHECK (capped IN ('account', 'device', 'network')),
  tag            bytea NOT NULL,
  appointment_id uuid NOT NULL,
  PRIMARY KEY (facility_id, session_id, capped, tag, appointment_id),
  CONSTRAINT appointment_origin_appointment_fk FOREIGN KEY (facility_id, appointment_id) REFERENCES appointment (facility_id, id)
);
GRANT SELECT, INSERT ON appointment_origin TO {{login}};
