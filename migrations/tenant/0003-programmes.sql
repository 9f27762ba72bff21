-- A country's configuration as published packs, and the reference rows that come of the current one.

CREATE TABLE country_pack (
  id         uuid PRIMARY KEY,
  version    text NOT NULL,
  hash       text NOT NULL,
  pack       jsonb NOT NULL,
  drafted_by text,
  drafted_at timestamptz NOT NULL
);

-- Facts: the newest publication is the one in force. A rollback is one more publication of an older pack.
CREATE TABLE country_pack_publication (
  id           uuid PRIMARY KEY,
  pack_id      uuid NOT NULL CONSTRAINT country_pack_publication_pack_fk REFERENCES country_pack (id),
  kind         text NOT NULL CHECK (kind IN ('PUBLISH', 'ROLLBACK')),
  published_by text,
  published_at timestamptz NOT NULL,
  reason       text
);
CREATE INDEX country_pack_publication_pack_index ON country_pack_publication (pack_id);

CREATE TABLE product (
  code            text PRIMARY KEY,
  vaccine         text NOT NULL,
  names           jsonb NOT NULL,
  antigens        text[] NOT NULL,
  route           text NOT NULL,
  doses_per_vial  integer NOT NULL CHECK (doses_per_vial > 0),
  open_vial_hours integer,
  codes           jsonb NOT NULL,
  active          boolean NOT NULL
);

GRANT SELECT, INSERT ON country_pack, country_pack_publication TO {{login}};
GRANT SELECT, INSERT, UPDATE ON product TO {{login}};
