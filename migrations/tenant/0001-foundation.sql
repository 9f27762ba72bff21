-- What every module of a country stands on: audit, outbox, idempotency, keys, texts.
-- Facts are granted SELECT and INSERT only: the database itself refuses to change or delete them.

CREATE TABLE audit_entry (
  id            uuid PRIMARY KEY,
  at            timestamptz NOT NULL,
  actor_kind    text NOT NULL,
  actor_id      text,
  actor_roles   text[] NOT NULL,
  action        text NOT NULL,
  resource_type text NOT NULL,
  resource_id   text,
  person_id     uuid,
  facility_id   uuid,
  purpose       text,
  address       text,
  trace_id      text NOT NULL,
  detail        jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_entry_person_index ON audit_entry (person_id, id) WHERE person_id IS NOT NULL;

CREATE TABLE outbox_event (
  id              uuid PRIMARY KEY,
  type            text NOT NULL,
  aggregate_id    text NOT NULL,
  payload         jsonb NOT NULL,
  occurred_at     timestamptz NOT NULL,
  delivered_at    timestamptz,
  attempts        integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT '-infinity'
);
CREATE INDEX outbox_event_due_index ON outbox_event (aggregate_id, id) WHERE delivered_at IS NULL;

-- A client's key, the request it stood for and the record that came of it, in the transaction of the effect.
CREATE TABLE idempotency_key (
  actor_id     text NOT NULL,
  key          text NOT NULL,
  request_hash bytea NOT NULL,
  result_id    text,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (actor_id, key)
);

-- The tenant's data keys, wrapped by the key management; erasure means shredding the wrapped key.
CREATE TABLE data_key (
  id         uuid PRIMARY KEY,
  purpose    text NOT NULL CONSTRAINT data_key_purpose_unique UNIQUE,
  wrapped    bytea NOT NULL,
  created_at timestamptz NOT NULL
);

-- The country's own forms (languages, phones, identifiers, names), as its published pack says; one row.
CREATE TABLE country_profile (
  id         text PRIMARY KEY CHECK (id = 'published'),
  profile    jsonb NOT NULL,
  wordings   jsonb NOT NULL, -- language -> key of a product text -> the country's own words
  changed_at timestamptz NOT NULL
);

-- Languages a country added or reworded at run time; the product's own texts stay in locales/.
CREATE TABLE tenant_language (
  code       text PRIMARY KEY,
  name       text NOT NULL,
  direction  text NOT NULL CHECK (direction IN ('ltr', 'rtl')),
  fallback   text[] NOT NULL,
  added_at   timestamptz NOT NULL
);
CREATE TABLE text_override (
  language   text NOT NULL,
  key        text NOT NULL,
  text       text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (language, key)
);

CREATE TABLE sandbox_message (
  id       uuid PRIMARY KEY,
  at       timestamptz NOT NULL,
  channel  text NOT NULL,
  receiver text NOT NULL,
  language text NOT NULL,
  text     text NOT NULL
);

GRANT SELECT ON migration TO {{login}};
GRANT SELECT, INSERT ON audit_entry, sandbox_message TO {{login}};
GRANT SELECT, INSERT, UPDATE ON outbox_event TO {{login}};
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_key TO {{login}};
GRANT SELECT, INSERT, UPDATE, DELETE ON data_key, country_profile, tenant_language, text_override TO {{login}};
