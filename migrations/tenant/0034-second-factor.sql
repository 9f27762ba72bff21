-- What somebody proves besides her password: an app on her telephone (TOTP, RFC 6238), or a code she wrote down.

CREATE TABLE authenticator (
  account_kind  text NOT NULL,
  account_id    text NOT NULL,
  -- wrapped by the key management, bound to the account
  secret_sealed bytea NOT NULL,
  begun_at      timestamptz NOT NULL,
  -- null until a first code proved that the app has the secret
  confirmed_at  timestamptz,
  -- the time step of the last code taken: none is taken twice (RFC 6238 section 5.2)
  last_step     bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (account_kind, account_id)
);

CREATE TABLE recovery_code (
  account_kind text NOT NULL,
  account_id   text NOT NULL,
  code_hash    bytea NOT NULL,
  used_at      timestamptz,
  PRIMARY KEY (account_kind, account_id, code_hash)
);

-- Which roles need a second factor, when the country has changed the product's; one row.
CREATE TABLE sign_in_rules (
  id         text PRIMARY KEY CHECK (id = 'current'),
  rules      jsonb NOT NULL,
  changed_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON authenticator, recovery_code TO {{login}};
GRANT SELECT, INSERT, UPDATE ON sign_in_rules TO {{login}};
