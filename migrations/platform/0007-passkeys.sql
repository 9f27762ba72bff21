-- Passkeys of operators (WebAuthn): as in each country.

-- The public half of a key that never leaves the owner's device.
CREATE TABLE passkey (
  account_kind  text NOT NULL,
  account_id    text NOT NULL,
  id            uuid NOT NULL,
  credential_id bytea NOT NULL CONSTRAINT passkey_credential_unique UNIQUE,
  public_key    bytea NOT NULL,
  -- signatures that the authenticator counted; 0 when it does not count
  counter       bigint NOT NULL,
  transports    text[] NOT NULL,
  name          text NOT NULL,
  -- kept by the owner's platform on more than one device
  synced        boolean NOT NULL,
  created_at    timestamptz NOT NULL,
  used_at       timestamptz,
  -- its counter went back: a second copy of the key is somewhere, and neither is believed
  refused_at    timestamptz,
  PRIMARY KEY (account_kind, account_id, id)
);

-- What an authenticator is asked to sign: for one sign-in, one purpose, once.
CREATE TABLE passkey_challenge (
  sign_in_id uuid NOT NULL,
  purpose    text NOT NULL CHECK (purpose IN ('REGISTER', 'PROVE')),
  challenge  bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (sign_in_id, purpose)
);
CREATE INDEX passkey_challenge_expiry_index ON passkey_challenge (expires_at);

-- When a second factor was proved once more in the course of a sign-in.
ALTER TABLE sign_in ADD COLUMN stepped_up_at timestamptz;

GRANT SELECT, INSERT, UPDATE, DELETE ON passkey, passkey_challenge TO {{login}};
-- Sign-ins are forgotten after their time; the trail keeps that there was one.
GRANT DELETE ON sign_in TO {{login}};
