-- Signers of several algorithms, each from a day on, with a certificate by the country's own authority; and the signers
-- of other countries that it believes.

ALTER TABLE signing_key
  ADD COLUMN alg text NOT NULL DEFAULT 'ES256' CHECK (alg IN ('ES256', 'EdDSA')),
  ADD COLUMN signs_from timestamptz,
  ADD COLUMN certificate bytea; -- X.509, DER; none for a key that no certificate format asks one of
UPDATE signing_key SET signs_from = made_at;
ALTER TABLE signing_key ALTER COLUMN signs_from SET NOT NULL;

-- The country's signing authority, one after another; its private key is wrapped as a signer's is.
CREATE TABLE signing_authority (
  number              integer PRIMARY KEY,
  certificate         bytea NOT NULL,
  wrapped_private_key bytea NOT NULL,
  made_by             text,
  made_at             timestamptz NOT NULL
);

-- A trust list as it was imported; of one code the newest counts. An empty one ends the trust.
CREATE TABLE trust_list (
  list_id     uuid PRIMARY KEY,
  code        text NOT NULL,
  valid_until timestamptz NOT NULL,
  imported_by text,
  imported_at timestamptz NOT NULL
);
CREATE INDEX trust_list_code_index ON trust_list (code, list_id DESC);

CREATE TABLE trusted_key (
  list_id     uuid NOT NULL CONSTRAINT trusted_key_list_fk REFERENCES trust_list (list_id),
  entry       integer NOT NULL,
  kid         text,          -- as certificates name it; none for an authority
  issuer      text NOT NULL, -- as certificates name it: a country's code, or an address
  public_jwk  jsonb NOT NULL,
  usages      text[] NOT NULL CHECK (usages <@ ARRAY['vaccination', 'test', 'recovery']), -- empty: everything
  is_authority boolean NOT NULL,
  not_after   timestamptz,
  PRIMARY KEY (list_id, entry)
);
CREATE INDEX trusted_key_kid_index ON trusted_key (kid) WHERE kid IS NOT NULL;

-- JSON-LD contexts that certificates of others refer to. Nothing is ever fetched.
CREATE TABLE trusted_context (
  list_id  uuid NOT NULL CONSTRAINT trusted_context_list_fk REFERENCES trust_list (list_id),
  address  text NOT NULL,
  document jsonb NOT NULL,
  PRIMARY KEY (list_id, address)
);

GRANT SELECT, INSERT ON signing_authority, trust_list, trusted_key, trusted_context TO {{login}};
