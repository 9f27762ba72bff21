-- Proof of what the register says: who signs it, what was issued, and what ended it. Facts, kept for ever.

-- The country's signers, one after another; the one with the highest number signs. Private keys are wrapped by the
-- key management and worth nothing without it.
CREATE TABLE signing_key (
  number              integer PRIMARY KEY,
  kid                 text NOT NULL CONSTRAINT signing_key_kid_unique UNIQUE,
  public_jwk          jsonb NOT NULL,
  wrapped_private_key bytea NOT NULL,
  made_by             text,
  made_at             timestamptz NOT NULL
);

-- From then on nothing that the key signed is believed, whenever it was signed.
CREATE TABLE signing_key_withdrawal (
  kid          text PRIMARY KEY CONSTRAINT signing_key_withdrawal_key_fk REFERENCES signing_key (kid),
  reason       text NOT NULL CHECK (reason IN ('COMPROMISED', 'LOST', 'ALGORITHM_WEAK')),
  withdrawn_by text,
  at           timestamptz NOT NULL
);

-- One row a person who was ever to have a certificate: locked while one is issued, so that two workers do not.
CREATE TABLE certificate_holder (
  person_id uuid PRIMARY KEY CONSTRAINT certificate_holder_person_fk REFERENCES person (person_id)
);

-- What the register announced and was acted on, so that the same fact told twice is acted on once.
CREATE TABLE certificate_cause (
  person_id uuid NOT NULL CONSTRAINT certificate_cause_holder_fk REFERENCES certificate_holder (person_id),
  fact_id   uuid NOT NULL,
  PRIMARY KEY (person_id, fact_id)
);

CREATE TABLE certificate (
  person_id       uuid NOT NULL CONSTRAINT certificate_holder_fk REFERENCES certificate_holder (person_id),
  certificate_id  uuid NOT NULL,
  number          text NOT NULL,
  vaccination_ids uuid[] NOT NULL CHECK (cardinality(vaccination_ids) > 0), -- as the code lists them, oldest first
  kid             text NOT NULL,
  text_sha256     bytea NOT NULL,
  issued_at       timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  PRIMARY KEY (person_id, certificate_id)
);

CREATE INDEX certificate_kid_index ON certificate (kid, person_id);

-- The text of the code, sealed with the country's key: with it, anybody could show somebody else's certificate.
CREATE TABLE certificate_code (
  person_id      uuid NOT NULL,
  certificate_id uuid NOT NULL,
  sealed_text    bytea NOT NULL,
  PRIMARY KEY (person_id, certificate_id),
  CONSTRAINT certificate_code_certificate_fk FOREIGN KEY (person_id, certificate_id)
    REFERENCES certificate (person_id, certificate_id)
);

-- What ended a certificate: a later one, or something in it that was not so. Both can come to pass, one after the other.
CREATE TABLE certificate_end (
  person_id      uuid NOT NULL,
  certificate_id uuid NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('superseded', 'revoked')),
  reason         text NOT NULL CHECK (reason IN ('new-dose', 'dose-corrected', 'dose-voided', 'person-corrected', 'key-withdrawn')),
  successor_id   uuid,
  at             timestamptz NOT NULL,
  PRIMARY KEY (person_id, certificate_id, kind),
  CONSTRAINT certificate_end_certificate_fk FOREIGN KEY (person_id, certificate_id)
    REFERENCES certificate (person_id, certificate_id),
  CONSTRAINT certificate_end_successor_fk FOREIGN KEY (person_id, successor_id)
    REFERENCES certificate (person_id, certificate_id)
);

-- Whose certificate a number is. Keyed by the number alone, unique in the whole country.
CREATE TABLE certificate_number_claim (
  number         text PRIMARY KEY,
  person_id      uuid NOT NULL,
  certificate_id uuid NOT NULL
);

GRANT SELECT, INSERT ON signing_key, signing_key_withdrawal, certificate_cause, certificate, certificate_code, certificate_end,
  certificate_number_claim TO {{login}};
GRANT SELECT, INSERT, UPDATE ON certificate_holder TO {{login}}; -- UPDATE: only for the lock
