-- Who gets in: through the ministry's own issuer, by a passkey, and what the codes sent to citizens may cost.

-- An issuer of the ministry (OpenID Connect) that its staff sign in through.
CREATE TABLE sign_in_issuer (
  id                uuid PRIMARY KEY,
  -- the issuer identifier, to the letter as its tokens have it
  issuer            text NOT NULL CONSTRAINT sign_in_issuer_unique UNIQUE,
  client_id         text NOT NULL,
  -- no two issuers send people back to the same place, so that an answer says by where it comes whose it is
  redirect_uri      text NOT NULL CONSTRAINT sign_in_issuer_redirect_unique UNIQUE,
  names             jsonb NOT NULL,
  -- how this service proves to the issuer who it is
  authentication    text NOT NULL CHECK (authentication IN ('PRIVATE_KEY_JWT', 'CLIENT_SECRET')),
  -- a private key (JWK) or the secret, wrapped by the key management
  credential_sealed bytea NOT NULL,
  -- the public half, for the issuer; null for a secret
  public_key        jsonb,
  -- what the issuer must say of how she signed in for it to count as a second factor; empty: nothing does
  second_factor_acr text[] NOT NULL,
  second_factor_amr text[] NOT NULL,
  active            boolean NOT NULL,
  changed_at        timestamptz NOT NULL
);

-- Whom an issuer knows by which subject: one person, one account.
CREATE TABLE staff_identity (
  issuer_id uuid NOT NULL CONSTRAINT staff_identity_issuer_fk REFERENCES sign_in_issuer (id),
  subject   text NOT NULL,
  staff_id  uuid NOT NULL CONSTRAINT staff_identity_staff_fk REFERENCES staff_account (id),
  linked_at timestamptz NOT NULL,
  PRIMARY KEY (issuer_id, subject),
  CONSTRAINT staff_identity_staff_unique UNIQUE (issuer_id, staff_id)
);

-- People who are at an issuer and not yet back. State, nonce and verifier are derived from the handle that the calling
-- program holds, and stand nowhere.
CREATE TABLE issuer_visit (
  handle_hash     bytea PRIMARY KEY,
  issuer_id       uuid NOT NULL CONSTRAINT issuer_visit_issuer_fk REFERENCES sign_in_issuer (id),
  -- whose account is to be linked; null: somebody signs in
  staff_id        uuid,
  -- the invitation that is answered; null: somebody signs in
  invitation_hash bytea,
  -- thumbprint of the key that the program proved to hold when it began; null when it proved none
  key             text,
  address         text,
  begun_at        timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL
);
CREATE INDEX issuer_visit_expiry_index ON issuer_visit (expires_at);
CREATE INDEX issuer_visit_address_index ON issuer_visit (address, begun_at);

-- Passkeys (WebAuthn): the public half of a key that never leaves the owner's device.
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

-- What the codes sent to citizens cost on a day of the country, and how many of them in the present quarter of an hour.
CREATE TABLE sign_in_code_spend (
  day        date PRIMARY KEY,
  spent      bigint NOT NULL,
  window_at  timestamptz NOT NULL,
  in_window  integer NOT NULL,
  -- when those who answer for it were told that most of it was gone, and that all was
  warned_at  timestamptz,
  stopped_at timestamptz
);

-- From which device and network a code was asked for, beside the address; and by which way it went.
ALTER TABLE sign_in_code
  ADD COLUMN device text,
  ADD COLUMN network text,
  ADD COLUMN channel text NOT NULL DEFAULT 'SMS' CHECK (channel IN ('SMS', 'VOICE'));
CREATE INDEX sign_in_code_device_index ON sign_in_code (device, created_at) WHERE device IS NOT NULL;
CREATE INDEX sign_in_code_network_index ON sign_in_code (network, created_at);

GRANT SELECT, INSERT, UPDATE ON sign_in_issuer, sign_in_code_spend TO {{login}};
GRANT SELECT, INSERT, DELETE ON staff_identity, issuer_visit TO {{login}};
GRANT SELECT, INSERT, UPDATE, DELETE ON passkey, passkey_challenge TO {{login}};
-- Sign-ins are forgotten after their time; the trail keeps that there was one.
GRANT DELETE ON sign_in TO {{login}};
