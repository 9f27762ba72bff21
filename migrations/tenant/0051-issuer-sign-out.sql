-- What an issuer of the ministry ends there ends here (OpenID Connect Back-Channel Logout 1.0).

-- By which issuer a sign-in came, whom it meant, and its own name for the session that she has there; null: by a password.
ALTER TABLE sign_in
  ADD COLUMN issuer_id      uuid,
  ADD COLUMN issuer_subject text,
  ADD COLUMN issuer_session text,
  DROP CONSTRAINT sign_in_ended_check,
  ADD CONSTRAINT sign_in_ended_check CHECK (ended_for IN ('SIGNED_OUT', 'DISPLACED', 'SIGNED_OUT_BY_ADMIN', 'SUSPENDED',
                                                          'SIGNED_OUT_BY_ISSUER'));
CREATE INDEX sign_in_of_issuer_index ON sign_in (issuer_id, issuer_subject) WHERE issuer_id IS NOT NULL AND ended_at IS NULL;

-- Logout tokens that were taken: each once.
CREATE TABLE issuer_logout (
  issuer_id  uuid NOT NULL CONSTRAINT issuer_logout_issuer_fk REFERENCES sign_in_issuer (id),
  jti_hash   bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (issuer_id, jti_hash)
);
CREATE INDEX issuer_logout_expiry_index ON issuer_logout (expires_at);

GRANT SELECT, INSERT, DELETE ON issuer_logout TO {{login}};
