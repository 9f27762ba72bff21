-- What anybody needs to check a certificate of any country served here. Public data: it holds no citizen and no secret.

-- Whose key a certificate names. A kid is eight bytes of a hash, so two countries could have the same one.
CREATE TABLE signing_key_directory (
  kid          text NOT NULL,
  tenant_code  text NOT NULL CONSTRAINT signing_key_directory_tenant_fk REFERENCES tenant (code),
  public_jwk   jsonb NOT NULL,
  not_before   timestamptz NOT NULL,
  withdrawn_at timestamptz,
  PRIMARY KEY (kid, tenant_code)
);
CREATE INDEX signing_key_directory_tenant_index ON signing_key_directory (tenant_code);

-- How often certificates were checked by strangers, with which answer. Whose and by whom is not kept.
CREATE TABLE verification_count (
  tenant_code text NOT NULL, -- '' where no country served here is named
  day         date NOT NULL, -- in UTC
  outcome     text NOT NULL,
  count       bigint NOT NULL,
  PRIMARY KEY (tenant_code, day, outcome)
);

GRANT SELECT, INSERT, UPDATE ON signing_key_directory, verification_count TO {{login}};
