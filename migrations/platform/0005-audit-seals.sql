-- Seals over the trail of the platform plane, as in each country: each covers entries that were committed before it, in
-- the order in which it names them, and the seal before it. Read and appended to by the service, changed by nobody.
CREATE TABLE audit_seal (
  number    integer PRIMARY KEY CHECK (number > 0),
  sealed_at timestamptz NOT NULL,
  entry_ids uuid[] NOT NULL CHECK (cardinality(entry_ids) > 0),
  -- the greatest of entry_ids
  last_id   uuid NOT NULL,
  root      bytea NOT NULL,
  previous  bytea NOT NULL,
  -- RFC 7638 thumbprint of the key that signed
  key       text NOT NULL,
  signature bytea NOT NULL
);
CREATE INDEX audit_seal_last_index ON audit_seal (last_id);
GRANT SELECT, INSERT ON audit_seal TO {{login}};
