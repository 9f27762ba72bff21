-- Who has a place in which session. Counters are in session_places; a row here is what a taken place belongs to.

CREATE TABLE appointment (
  facility_id     uuid NOT NULL,
  id              uuid NOT NULL,
  booking_id      uuid NOT NULL,
  session_id      uuid NOT NULL,
  pool            text NOT NULL,
  person_id       uuid NOT NULL,
  products        text[] NOT NULL,
  vaccines        text[] NOT NULL,
  dose_number     integer CHECK (dose_number > 0),
  made            text NOT NULL CHECK (made IN ('OWN', 'ASSISTED', 'WALK_IN')),
  account_id      uuid,
  state           text NOT NULL CHECK (state IN ('HELD', 'BOOKED', 'CHECKED_IN', 'COMPLETED', 'CANCELLED', 'MOVED', 'EXPIRED')),
  expires_at      timestamptz,
  code_index      bytea,
  code_sealed     bytea,
  told_at         timestamptz,
  checked_in_at   timestamptz,
  override_reason text,
  created_at      timestamptz NOT NULL,
  changed_at      timestamptz NOT NULL,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT appointment_session_fk FOREIGN KEY (facility_id, session_id) REFERENCES session (facility_id, id),
  CONSTRAINT appointment_hold_check CHECK ((state = 'HELD') <= (expires_at IS NOT NULL))
);
CREATE INDEX appointment_booking_index ON appointment (facility_id, booking_id);
CREATE INDEX appointment_expiry_index ON appointment (expires_at) WHERE state = 'HELD';
-- One place a person in a session.
CREATE UNIQUE INDEX appointment_person_unique ON appointment (facility_id, session_id, person_id)
  WHERE state IN ('HELD', 'BOOKED', 'CHECKED_IN');

-- A person's open appointments, and the rule that there is one for each vaccine. A person table.
CREATE TABLE appointment_claim (
  person_id      uuid NOT NULL,
  appointment_id uuid NOT NULL,
  vaccine        text NOT NULL,
  facility_id    uuid NOT NULL,
  session_date   date NOT NULL,
  ended_at       timestamptz,
  PRIMARY KEY (person_id, appointment_id, vaccine)
);
CREATE UNIQUE INDEX appointment_claim_open_unique ON appointment_claim (person_id, vaccine) WHERE ended_at IS NULL;

-- Wrong check-in codes by who entered them: guesses are few.
CREATE TABLE check_in_miss (
  facility_id uuid NOT NULL,
  session_id  uuid NOT NULL,
  actor_id    text NOT NULL,
  misses      integer NOT NULL,
  PRIMARY KEY (facility_id, session_id, actor_id)
);

GRANT SELECT, INSERT, UPDATE ON appointment, appointment_claim, check_in_miss TO {{login}};
