-- The last mile: what a scan at the door says besides, where else a consignment was told to go, and wrong guesses of the
-- code that is told to the receiver. Unit tables: keyed by the unit that bears the label.

-- Facts of the scan itself, so that they are late, twice and out of order with it and never without it. A photo or a
-- signature stays where it was taken; only its SHA-256 is here. `proof_matches` is null for a proof that holds no secret.
ALTER TABLE scan
  ADD COLUMN failure text CONSTRAINT scan_failure_check CHECK (failure IN ('NOBODY_THERE', 'ADDRESS_NOT_FOUND',
    'RECEIVER_UNKNOWN', 'REFUSED', 'LATER_ASKED_FOR', 'PLACE_CLOSED', 'NOT_REACHED', 'IDENTITY_NOT_PROVEN', 'DAMAGED')),
  ADD COLUMN hold_days smallint CONSTRAINT scan_hold_days_check CHECK (hold_days BETWEEN 1 AND 90),
  ADD COLUMN proof text CONSTRAINT scan_proof_check CHECK (proof IN ('CODE', 'QR', 'PHOTO', 'SIGNATURE')),
  ADD COLUMN proof_sha256 bytea CONSTRAINT scan_proof_sha256_check CHECK (octet_length(proof_sha256) = 32),
  ADD COLUMN proof_matches boolean;

-- Facts: guesses of a consignment's code that were wrong, asked before anything was handed over. Those that came with a
-- scan are in `scan`.
CREATE TABLE handover_guess (
  unit_id  text COLLATE "C" NOT NULL CONSTRAINT handover_guess_consignment_fk REFERENCES consignment (unit_id),
  id       uuid NOT NULL,
  at       timestamptz NOT NULL,
  actor_id text,
  PRIMARY KEY (unit_id, id)
);

-- Facts: it goes somewhere else than it was sent to, or back to where it came from.
CREATE TABLE consignment_direction (
  unit_id   text COLLATE "C" NOT NULL CONSTRAINT consignment_direction_consignment_fk REFERENCES consignment (unit_id),
  id        uuid NOT NULL,
  kind      text NOT NULL CHECK (kind IN ('REDIRECT', 'RETURN')),
  to_hub_id uuid NOT NULL CONSTRAINT consignment_direction_to_fk REFERENCES hub (id),
  at        timestamptz NOT NULL,
  actor_id  text,
  PRIMARY KEY (unit_id, id)
);

-- Whom milestones are told to: a citizen's account or a phone, sealed, in the language that she reads. Forgotten some time
-- after the end of the way. `quiet`: she wants no messages.
CREATE TABLE consignment_receiver (
  unit_id      text COLLATE "C" PRIMARY KEY CONSTRAINT consignment_receiver_consignment_fk REFERENCES consignment (unit_id),
  account_id   uuid,
  phone_sealed bytea,
  language     text NOT NULL,
  quiet        boolean NOT NULL,
  since        timestamptz NOT NULL,
  CONSTRAINT consignment_receiver_one_check CHECK ((account_id IS NULL) <> (phone_sealed IS NULL))
);
CREATE INDEX consignment_receiver_since_index ON consignment_receiver (since);

-- What the receiver was told of already: `cause` is the scan or the direction.
CREATE TABLE told_milestone (
  unit_id   text COLLATE "C" NOT NULL CONSTRAINT told_milestone_consignment_fk REFERENCES consignment (unit_id),
  cause     text COLLATE "C" NOT NULL,
  milestone text NOT NULL,
  at        timestamptz NOT NULL,
  PRIMARY KEY (unit_id, cause)
);

GRANT SELECT, INSERT ON handover_guess, consignment_direction, told_milestone TO {{login}};
GRANT SELECT, INSERT, UPDATE, DELETE ON consignment_receiver TO {{login}};

-- Whoever asks for a consignment is shown its code.
CREATE INDEX tracking_code_unit_index ON tracking_code (unit_id);
