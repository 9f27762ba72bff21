-- A certificate in the formats that borders ask for, each made when its holder asks for it.

CREATE TABLE certificate_proof (
  person_id      uuid NOT NULL,
  certificate_id uuid NOT NULL,
  proof_id       uuid NOT NULL,
  format         text NOT NULL CHECK (format IN ('eu-dcc', 'who-icvp', 'smart-health-card', 'w3c-credential')),
  vaccination_id uuid,          -- the one dose it states; none where it states many
  kid            text NOT NULL, -- as the directory has it
  reference      text,          -- by what its format's list revokes it: a UVCI, a rid, a place on a status list
  signature      bytea,         -- of an HCERT: some lists know it by that
  expires_at     timestamptz NOT NULL,
  sealed_text    bytea NOT NULL,
  made_at        timestamptz NOT NULL,
  PRIMARY KEY (person_id, certificate_id, proof_id),
  CONSTRAINT certificate_proof_once_unique UNIQUE NULLS NOT DISTINCT (person_id, certificate_id, format, vaccination_id, kid),
  CONSTRAINT certificate_proof_certificate_fk FOREIGN KEY (person_id, certificate_id)
    REFERENCES certificate (person_id, certificate_id)
);

-- Whose proof a text is. Keyed by its hash alone, unique in the whole country.
CREATE TABLE certificate_proof_claim (
  spelling_sha256 bytea PRIMARY KEY,
  person_id       uuid NOT NULL,
  certificate_id  uuid NOT NULL,
  proof_id        uuid NOT NULL
);

GRANT SELECT, INSERT ON certificate_proof, certificate_proof_claim TO {{login}};
