-- How scarce places are given out so that anybody can check it (docs/fair-allocation.md). Place tables. What was
-- announced, entered, listed and drawn is only ever added: the login has no right to change or delete a row of it.

-- The seed is sealed here before its hash is announced. `announcement` is the published text, byte for byte.
CREATE TABLE draw (
  facility_id     uuid NOT NULL,
  id              uuid NOT NULL,
  session_id      uuid NOT NULL,
  policy          text NOT NULL CHECK (policy IN ('FIRST_COME', 'LOTTERY', 'RANK_THEN_TIME', 'RANK_THEN_LOT')),
  pool            text NOT NULL,
  entries_from    timestamptz NOT NULL,
  entries_until   timestamptz NOT NULL,
  drawn_from      timestamptz NOT NULL,
  announcement    text NOT NULL,
  seed_commitment bytea NOT NULL,
  seed_sealed     bytea NOT NULL,
  announced_at    timestamptz NOT NULL,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT draw_session_fk FOREIGN KEY (facility_id, session_id) REFERENCES session (facility_id, id),
  CONSTRAINT draw_session_unique UNIQUE (facility_id, session_id),
  CONSTRAINT draw_commitment_unique UNIQUE (facility_id, id, seed_commitment),
  CONSTRAINT draw_times_check CHECK (announced_at <= entries_from AND entries_from < entries_until AND entries_until <= drawn_from)
);

-- What whoever enters and whoever ends the entering meet at: the one takes it to share, the other to change. `over_at`:
-- every place is given, or nobody is left to give one to.
CREATE TABLE draw_gate (
  facility_id uuid NOT NULL,
  draw_id     uuid NOT NULL,
  closed_at   timestamptz,
  over_at     timestamptz,
  PRIMARY KEY (facility_id, draw_id),
  CONSTRAINT draw_gate_draw_fk FOREIGN KEY (facility_id, draw_id) REFERENCES draw (facility_id, id)
);
CREATE INDEX draw_gate_open_index ON draw_gate (facility_id, draw_id) WHERE over_at IS NULL;

-- One entry a person. The tags tell which entries of this draw share an account, a device or a network, and no more.
CREATE TABLE draw_entry (
  facility_id uuid NOT NULL,
  draw_id     uuid NOT NULL,
  id          uuid NOT NULL,
  person_id   uuid NOT NULL,
  products    text[] NOT NULL,
  account_id  uuid,
  language    text NOT NULL,
  stream      text NOT NULL CHECK (stream IN ('OWN', 'ASSISTED')),
  rank        integer CHECK (rank > 0),
  account     text NOT NULL,
  device      text NOT NULL,
  network     text NOT NULL,
  entered_at  timestamptz NOT NULL,
  PRIMARY KEY (facility_id, draw_id, id),
  CONSTRAINT draw_entry_draw_fk FOREIGN KEY (facility_id, draw_id) REFERENCES draw (facility_id, id),
  CONSTRAINT draw_entry_person_unique UNIQUE (facility_id, draw_id, person_id)
);
CREATE INDEX draw_entry_of_person_index ON draw_entry (person_id);

-- The list of entries as it was published when entering was over.
CREATE TABLE draw_list (
  facility_id  uuid NOT NULL,
  draw_id      uuid NOT NULL,
  entries      text NOT NULL,
  entries_hash bytea NOT NULL,
  frozen_at    timestamptz NOT NULL,
  PRIMARY KEY (facility_id, draw_id),
  CONSTRAINT draw_list_draw_fk FOREIGN KEY (facility_id, draw_id) REFERENCES draw (facility_id, id),
  CONSTRAINT draw_list_hash_check CHECK (sha256(convert_to(entries, 'UTF8')) = entries_hash)
);

-- The seed as it was revealed: after a list was published, and no other than the announced one. The database sees to it.
CREATE TABLE draw_result (
  facility_id     uuid NOT NULL,
  draw_id         uuid NOT NULL,
  seed_commitment bytea NOT NULL,
  seed            bytea NOT NULL,
  result          text NOT NULL,
  drawn_at        timestamptz NOT NULL,
  PRIMARY KEY (facility_id, draw_id),
  CONSTRAINT draw_result_list_fk FOREIGN KEY (facility_id, draw_id) REFERENCES draw_list (facility_id, draw_id),
  CONSTRAINT draw_result_commitment_fk FOREIGN KEY (facility_id, draw_id, seed_commitment)
    REFERENCES draw (facility_id, id, seed_commitment),
  CONSTRAINT draw_result_seed_check CHECK (octet_length(seed) = 32 AND sha256(seed) = seed_commitment)
);

-- Whose turn it is: every entry in the order in which it is served, and what came of it. Rebuilt from the result and
-- the appointments; `missed` says why somebody whose turn came could not be given a place.
CREATE TABLE draw_turn (
  facility_id    uuid NOT NULL,
  draw_id        uuid NOT NULL,
  entry_id       uuid NOT NULL,
  position       integer NOT NULL CHECK (position > 0),
  appointment_id uuid,
  booking_id     uuid,
  missed         text CHECK (missed IN ('HAS_ANOTHER', 'NOT_POSSIBLE')),
  PRIMARY KEY (facility_id, draw_id, entry_id),
  CONSTRAINT draw_turn_entry_fk FOREIGN KEY (facility_id, draw_id, entry_id) REFERENCES draw_entry (facility_id, draw_id, id),
  CONSTRAINT draw_turn_position_unique UNIQUE (facility_id, draw_id, position)
);
CREATE INDEX draw_turn_waiting_index ON draw_turn (facility_id, draw_id, position) WHERE appointment_id IS NULL AND missed IS NULL;

GRANT SELECT, INSERT ON draw, draw_entry, draw_list, draw_result TO {{login}};
GRANT SELECT, INSERT, UPDATE ON draw_gate, draw_turn TO {{login}};

-- How fast a country lets citizens in to book when more come than can be served; one row, none while there is no need.
-- `next_at` is when whoever comes next is let in: the token bucket as one instant (GCRA, ITU-T I.371 annex A).
CREATE TABLE waiting_room (
  name       text PRIMARY KEY CHECK (name = 'booking'),
  per_minute integer NOT NULL CHECK (per_minute > 0),
  burst      integer NOT NULL CHECK (burst > 0),
  next_at    timestamptz NOT NULL
);

-- When each account is let in, and until when it may book then. It is set once and kept: nobody is moved back.
CREATE TABLE waiting_ticket (
  account_id    uuid PRIMARY KEY,
  admitted_from timestamptz NOT NULL,
  valid_until   timestamptz NOT NULL,
  CONSTRAINT waiting_ticket_times_check CHECK (admitted_from < valid_until)
);

-- What accounts want to be told of, so that nobody need look again and again.
CREATE TABLE place_alert (
  account_id uuid NOT NULL,
  id         uuid NOT NULL,
  area_id    uuid NOT NULL CONSTRAINT place_alert_area_fk REFERENCES area (id),
  vaccine    text,
  born       date,
  language   text NOT NULL,
  made_at    timestamptz NOT NULL,
  told_at    timestamptz,
  ended_at   timestamptz,
  PRIMARY KEY (account_id, id)
);
CREATE INDEX place_alert_area_index ON place_alert (area_id, told_at NULLS FIRST) WHERE ended_at IS NULL;

-- Sessions whose places were told of: each once. A place table.
CREATE TABLE session_told (
  facility_id uuid NOT NULL,
  session_id  uuid NOT NULL,
  told_at     timestamptz NOT NULL,
  PRIMARY KEY (facility_id, session_id),
  CONSTRAINT session_told_session_fk FOREIGN KEY (facility_id, session_id) REFERENCES session (facility_id, id)
);

GRANT SELECT, INSERT ON session_told TO {{login}};
GRANT SELECT, INSERT, UPDATE ON waiting_ticket, place_alert TO {{login}};
GRANT SELECT, INSERT, UPDATE, DELETE ON waiting_room TO {{login}};
