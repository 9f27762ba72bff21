-- What becomes of a certificate: tests that are certified too, doses that are certified no more, what people had put right,
-- and who was shown how far a person is. Facts, all of them: appended, and answered by later facts.

-- A test that was made of a person, as an authorised member of staff entered it. Person tables.
CREATE TABLE test_result (
  person_id   uuid NOT NULL CONSTRAINT test_result_person_fk REFERENCES person (person_id),
  id          uuid NOT NULL,
  disease     text NOT NULL,        -- SNOMED CT
  method      text NOT NULL CHECK (method IN ('naat', 'rapid-antigen')),
  test_name   text,
  device      text,                 -- number in the list of test devices that the format names
  result      text NOT NULL CHECK (result IN ('detected', 'not-detected', 'inconclusive')),
  sampled_at  timestamptz NOT NULL,
  facility_id uuid NOT NULL CONSTRAINT test_result_facility_fk REFERENCES facility (id),
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (person_id, id)
);
CREATE TABLE test_result_void (
  person_id uuid NOT NULL,
  result_id uuid NOT NULL,
  reason    text NOT NULL,
  voided_by text NOT NULL,
  at        timestamptz NOT NULL,
  PRIMARY KEY (person_id, result_id),
  CONSTRAINT test_result_void_result_fk FOREIGN KEY (person_id, result_id) REFERENCES test_result (person_id, id)
);

-- A result in a format that borders ask for: the test itself, or the recovery that a positive one proves.
CREATE TABLE result_proof (
  person_id   uuid NOT NULL,
  proof_id    uuid NOT NULL,
  result_id   uuid NOT NULL,
  states      text NOT NULL CHECK (states IN ('test', 'recovery')),
  kid         text NOT NULL,
  reference   text NOT NULL,        -- its UVCI
  signature   bytea NOT NULL,
  issued_at   timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  sealed_text bytea NOT NULL,
  PRIMARY KEY (person_id, proof_id),
  CONSTRAINT result_proof_result_fk FOREIGN KEY (person_id, result_id) REFERENCES test_result (person_id, id)
);
CREATE INDEX result_proof_kid_index ON result_proof (kid, person_id);
-- Whose a text is. Keyed by its hash alone, unique in the whole country.
CREATE TABLE result_proof_claim (
  spelling_sha256 bytea PRIMARY KEY,
  person_id       uuid NOT NULL,
  proof_id        uuid NOT NULL
);
CREATE TABLE result_proof_end (
  person_id uuid NOT NULL,
  proof_id  uuid NOT NULL,
  reason    text NOT NULL CHECK (reason IN ('result-voided', 'person-corrected')),
  at        timestamptz NOT NULL,
  PRIMARY KEY (person_id, proof_id),
  CONSTRAINT result_proof_end_proof_fk FOREIGN KEY (person_id, proof_id) REFERENCES result_proof (person_id, proof_id)
);

-- Certificates of many people to be revoked together. Reference tables: two people of the country's decide.
CREATE TABLE revocation_order (
  id           uuid PRIMARY KEY,
  cause        text NOT NULL CHECK (cause IN ('lot-recalled', 'fraud')),
  lot_id       uuid CONSTRAINT revocation_order_lot_fk REFERENCES lot (id),
  recorder     text,                -- account of who recorded the doses
  facility_id  uuid CONSTRAINT revocation_order_facility_fk REFERENCES facility (id),
  from_day     date,
  until_day    date,
  numbers      text[],              -- of certificates
  reason       text NOT NULL,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  CONSTRAINT revocation_order_scope_check CHECK (
    (cause = 'lot-recalled' AND lot_id IS NOT NULL AND recorder IS NULL AND numbers IS NULL)
    OR (cause = 'fraud' AND lot_id IS NULL AND (numbers IS NULL) <> (recorder IS NULL)
        AND (recorder IS NULL OR (facility_id IS NOT NULL AND from_day <= until_day))))
);
CREATE TABLE revocation_decision (
  order_id   uuid PRIMARY KEY CONSTRAINT revocation_decision_order_fk REFERENCES revocation_order (id),
  approved   boolean NOT NULL,
  reason     text,
  job_id     uuid,
  decided_by text NOT NULL,
  decided_at timestamptz NOT NULL
);

-- A dose that stands in the record and is certified no more. Person table.
CREATE TABLE certificate_exclusion (
  person_id      uuid NOT NULL,
  vaccination_id uuid NOT NULL,
  order_id       uuid NOT NULL CONSTRAINT certificate_exclusion_order_fk REFERENCES revocation_order (id),
  cause          text NOT NULL CHECK (cause IN ('lot-recalled', 'fraud')),
  at             timestamptz NOT NULL,
  PRIMARY KEY (person_id, vaccination_id)
);

-- What a person, or staff for her, had put right, and what came of it. Person tables.
CREATE TABLE certificate_grievance (
  person_id   uuid NOT NULL CONSTRAINT certificate_grievance_person_fk REFERENCES person (person_id),
  id          uuid NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('wrong-details', 'doses-of-two-records', 'add-passport', 'unknown-member',
                'move-member', 'issue-again', 'wrong-dose', 'dose-not-given')),
  facility_id uuid NOT NULL CONSTRAINT certificate_grievance_facility_fk REFERENCES facility (id), -- which is to decide
  sealed_case bytea NOT NULL,       -- what is asked for, and on what evidence
  raised_kind text NOT NULL,
  raised_by   text NOT NULL,
  raised_at   timestamptz NOT NULL,
  PRIMARY KEY (person_id, id)
);
CREATE INDEX certificate_grievance_facility_index ON certificate_grievance (facility_id, id);
CREATE TABLE certificate_grievance_decision (
  person_id     uuid NOT NULL,
  grievance_id  uuid NOT NULL,
  granted       boolean NOT NULL,
  sealed_reason bytea,
  decided_by    text NOT NULL,
  decided_at    timestamptz NOT NULL,
  PRIMARY KEY (person_id, grievance_id),
  CONSTRAINT certificate_grievance_decision_grievance_fk FOREIGN KEY (person_id, grievance_id)
    REFERENCES certificate_grievance (person_id, id)
);
-- A passport that a person proved, for travel formats that name one. The newest counts.
CREATE TABLE travel_document (
  person_id     uuid NOT NULL CONSTRAINT travel_document_person_fk REFERENCES person (person_id),
  id            uuid NOT NULL,
  grievance_id  uuid NOT NULL,
  sealed_number bytea NOT NULL,
  at            timestamptz NOT NULL,
  PRIMARY KEY (person_id, id)
);

-- A person lets others ask how far she is, for a time. Person tables.
CREATE TABLE status_consent (
  person_id     uuid NOT NULL CONSTRAINT status_consent_person_fk REFERENCES person (person_id),
  id            uuid NOT NULL,
  vaccine_group text NOT NULL,
  given_by      text NOT NULL,
  given_at      timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  PRIMARY KEY (person_id, id)
);
-- Keyed by the hash of the code alone: whoever has the code knows no more.
CREATE TABLE status_consent_claim (
  code_sha256 bytea PRIMARY KEY,
  person_id   uuid NOT NULL,
  consent_id  uuid NOT NULL
);
CREATE TABLE status_consent_end (
  person_id  uuid NOT NULL,
  consent_id uuid NOT NULL,
  at         timestamptz NOT NULL,
  PRIMARY KEY (person_id, consent_id),
  CONSTRAINT status_consent_end_consent_fk FOREIGN KEY (person_id, consent_id) REFERENCES status_consent (person_id, id)
);
CREATE TABLE status_check (
  person_id   uuid NOT NULL,
  consent_id  uuid NOT NULL,
  id          uuid NOT NULL,
  checker     text NOT NULL,        -- as the checker named itself
  status      text NOT NULL CHECK (status IN ('NONE', 'PARTLY', 'FULLY')),
  at          timestamptz NOT NULL,
  PRIMARY KEY (person_id, consent_id, id),
  CONSTRAINT status_check_consent_fk FOREIGN KEY (person_id, consent_id) REFERENCES status_consent (person_id, id)
);

ALTER TABLE certificate_end DROP CONSTRAINT certificate_end_reason_check;
ALTER TABLE certificate_end ADD CONSTRAINT certificate_end_reason_check CHECK (reason IN ('new-dose', 'dose-corrected',
  'dose-voided', 'person-corrected', 'key-withdrawn', 'issued-again', 'lot-recalled', 'fraud'));

GRANT SELECT, INSERT ON test_result, test_result_void, result_proof, result_proof_claim, result_proof_end,
  revocation_order, revocation_decision, certificate_exclusion, certificate_grievance, certificate_grievance_decision,
  travel_document, status_consent, status_consent_claim, status_consent_end, status_check TO {{login}};
