-- Which operators and signatories are signed in, and who tried to: as in each country.

-- Passwords tried for a name, by a keyed hash of the name as it was typed: one that no account has is counted alike, so
-- that a lock says nothing about who exists.
CREATE TABLE sign_in_try (
  name_hash    bytea PRIMARY KEY,
  failures     integer NOT NULL,
  locked_until timestamptz,
  last_at      timestamptz NOT NULL
);
CREATE INDEX sign_in_try_last_index ON sign_in_try (last_at);
ALTER TABLE operator_account DROP COLUMN failed_attempts, DROP COLUMN locked_until;

-- From signing in to signing out: one token (its jti is the id), on one device.
CREATE TABLE sign_in (
  id           uuid PRIMARY KEY,
  account_kind text NOT NULL,
  account_id   text NOT NULL,
  -- what the calling program says of itself
  device       text,
  -- RFC 7638 thumbprint of the key that the token is bound to
  key          text,
  address      text,
  started_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  ended_at     timestamptz,
  ended_for    text CONSTRAINT sign_in_ended_check CHECK (ended_for IN ('SIGNED_OUT', 'DISPLACED', 'SIGNED_OUT_BY_ADMIN',
                                                                        'SUSPENDED'))
);
CREATE INDEX sign_in_account_index ON sign_in (account_kind, account_id, started_at);
CREATE INDEX sign_in_ended_index ON sign_in (ended_at) WHERE ended_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_try TO {{login}};
GRANT SELECT, INSERT, UPDATE ON sign_in TO {{login}};
