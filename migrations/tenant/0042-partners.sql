-- Programs of other organisations that call for themselves: who they are, what they may do, how much.

CREATE TABLE partner (
  id                  uuid PRIMARY KEY,
  name                text NOT NULL,
  kind                text NOT NULL,
  purpose             text NOT NULL,
  contact             text NOT NULL,
  scopes              text[] NOT NULL,
  requests_per_minute integer NOT NULL,
  state               text NOT NULL,
  -- public keys: [{kid, alg, jwk, addedAt}]
  keys                jsonb NOT NULL,
  registered_at       timestamptz NOT NULL,
  -- who registered or last changed it: never who certifies it
  changed_by          text NOT NULL,
  certified_by        text,
  certified_at        timestamptz,
  reason              text,
  CONSTRAINT partner_kind_check CHECK (kind IN ('PROGRAMME', 'LABORATORY', 'PRINT_HOUSE', 'PLATFORM')),
  CONSTRAINT partner_state_check CHECK (state IN ('SANDBOX', 'PRODUCTION', 'SUSPENDED')),
  CONSTRAINT partner_requests_check CHECK (requests_per_minute > 0),
  CONSTRAINT partner_certified_check CHECK (state <> 'PRODUCTION' OR (certified_by IS NOT NULL AND certified_by <> changed_by))
);

-- What a partner has shown that it can do, before it is certified.
CREATE TABLE partner_check (
  partner_id uuid NOT NULL CONSTRAINT partner_check_partner_fk REFERENCES partner (id),
  name       text NOT NULL,
  passed_at  timestamptz NOT NULL,
  PRIMARY KEY (partner_id, name)
);

-- Assertions taken (RFC 7523), by the hash of their jti, until they end: none is taken twice.
CREATE TABLE partner_assertion (
  partner_id uuid NOT NULL,
  jti_hash   bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (partner_id, jti_hash)
);
CREATE INDEX partner_assertion_expiry_index ON partner_assertion (expires_at);

-- Requests of the minute that goes on.
CREATE TABLE partner_use (
  partner_id uuid PRIMARY KEY,
  minute     timestamptz NOT NULL,
  used       integer NOT NULL
) WITH (fillfactor = 50);

GRANT SELECT, INSERT, UPDATE ON partner TO {{login}};
GRANT SELECT, INSERT, DELETE ON partner_check TO {{login}};
GRANT SELECT, INSERT, DELETE ON partner_assertion TO {{login}};
GRANT SELECT, INSERT, UPDATE ON partner_use TO {{login}};
