-- A clinic's day: who is there, what was done with each, who is next. Place tables, keyed by facility.

-- What joining, calling and closing at a facility meet at on a day: it gives out the tickets, and they come one by one.
CREATE TABLE facility_day (
  facility_id uuid NOT NULL CONSTRAINT facility_day_facility_fk REFERENCES facility (id),
  day         date NOT NULL,
  last_ticket integer NOT NULL CHECK (last_ticket >= 0),
  PRIMARY KEY (facility_id, day)
);

-- The queue of a session that keeps one. A session without a row keeps none, and doses are recorded all the same.
CREATE TABLE session_queue (
  facility_id    uuid NOT NULL,
  session_id     uuid NOT NULL,
  day            date NOT NULL,
  -- whether people of the programme's priority groups come first
  by_priority    boolean NOT NULL,
  opened_by      text NOT NULL,
  opened_at      timestamptz NOT NULL,
  closed_at      timestamptz,
  closed_because text,
  PRIMARY KEY (facility_id, session_id),
  CONSTRAINT session_queue_session_fk FOREIGN KEY (facility_id, session_id) REFERENCES session (facility_id, id),
  CONSTRAINT session_queue_day_fk FOREIGN KEY (facility_id, day) REFERENCES facility_day (facility_id, day),
  CONSTRAINT session_queue_closed_check CHECK ((closed_at IS NULL) = (closed_because IS NULL))
);
CREATE INDEX session_queue_day_index ON session_queue (facility_id, day);
CREATE INDEX session_queue_open_index ON session_queue (day) WHERE closed_at IS NULL;

-- One person's way through a session. Up to `arrived_at` as she came; from `turn_at` on a projection of her steps.
CREATE TABLE visit (
  facility_id      uuid NOT NULL,
  id               uuid NOT NULL,
  session_id       uuid NOT NULL,
  day              date NOT NULL,
  person_id        uuid NOT NULL,
  party_id         uuid NOT NULL,
  -- what she is called by: of the facility and the day
  ticket           integer NOT NULL CHECK (ticket > 0),
  booked           boolean NOT NULL,
  -- of her party's first priority group; null for none, and where the session does not go by it
  rank             integer CHECK (rank > 0),
  -- the time booked, or of arrival: the earliest of the party's
  due_at           timestamptz NOT NULL,
  arrived_at       timestamptz NOT NULL,
  turn_at          timestamptz NOT NULL,
  steps            integer NOT NULL CHECK (steps > 0),
  state            text NOT NULL CHECK (state IN ('WAITING', 'VERIFIED', 'VACCINATED', 'OBSERVED', 'GONE', 'LEFT')),
  since            timestamptz NOT NULL,
  called_by        text,
  called_at        timestamptz,
  station          text,
  earlier_reaction boolean NOT NULL,
  verified_at      timestamptz,
  doses            integer NOT NULL CHECK (doses >= 0),
  vaccinated_at    timestamptz,
  observed_until   timestamptz,
  left_because     text,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT visit_queue_fk FOREIGN KEY (facility_id, session_id) REFERENCES session_queue (facility_id, session_id),
  CONSTRAINT visit_ticket_unique UNIQUE (facility_id, day, ticket),
  CONSTRAINT visit_called_check CHECK ((called_by IS NULL) = (called_at IS NULL)),
  CONSTRAINT visit_observed_check CHECK (state NOT IN ('VACCINATED', 'OBSERVED') OR observed_until IS NOT NULL),
  CONSTRAINT visit_left_check CHECK (state <> 'LEFT' OR left_because IS NOT NULL)
);
-- Nobody is in two queues of a facility, nor twice in one.
CREATE UNIQUE INDEX visit_open_unique ON visit (facility_id, day, person_id) WHERE state NOT IN ('GONE', 'LEFT');
-- With every dose it is asked whether she is on a visit there on that day.
CREATE INDEX visit_person_index ON visit (facility_id, person_id, day);
CREATE INDEX visit_of_person_index ON visit (person_id, day);
CREATE INDEX visit_party_index ON visit (facility_id, party_id);
CREATE INDEX visit_observed_index ON visit (observed_until) WHERE state = 'VACCINATED';
CREATE INDEX visit_open_index ON visit (day) WHERE state NOT IN ('GONE', 'LEFT');

-- What was done with her, one fact after the other: they are added and never changed.
CREATE TABLE visit_step (
  facility_id      uuid NOT NULL,
  visit_id         uuid NOT NULL,
  number           integer NOT NULL CHECK (number > 0),
  step             text NOT NULL CHECK (step IN
    ('ARRIVED', 'CALLED', 'PUT_BACK', 'VERIFIED', 'VACCINATED', 'DOSE_VOIDED', 'OBSERVED', 'GONE', 'LEFT')),
  -- when it was so by our clock, and when we heard of it
  at               timestamptz NOT NULL,
  told_at          timestamptz NOT NULL,
  by               text NOT NULL,
  reason           text,
  station          text,
  earlier_reaction boolean,
  observed_until   timestamptz,
  -- the dose, or the call
  reference        uuid,
  PRIMARY KEY (facility_id, visit_id, number),
  CONSTRAINT visit_step_visit_fk FOREIGN KEY (facility_id, visit_id) REFERENCES visit (facility_id, id)
);
CREATE INDEX visit_step_reference_index ON visit_step (facility_id, reference) WHERE reference IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON facility_day, session_queue, visit TO {{login}};
GRANT SELECT, INSERT ON visit_step TO {{login}};
