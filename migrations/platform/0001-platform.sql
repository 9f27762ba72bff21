-- The platform plane: countries served, their licences, who operates the service. It never holds a citizen.

CREATE TABLE placement (
  id   text PRIMARY KEY,
  url  text -- null: the server and database of the platform plane itself
);
INSERT INTO placement (id, url) VALUES ('home', NULL);

CREATE TABLE tenant (
  code            text PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9]{1,19}$'),
  country         text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  names           jsonb NOT NULL,
  languages       text[] NOT NULL CHECK (cardinality(languages) > 0),
  time_zone       text NOT NULL,
  hosts           text[] NOT NULL DEFAULT '{}',
  state           text NOT NULL CHECK (state IN ('INVITED', 'AGREEMENT_SENT', 'ACCEPTED', 'PROVISIONED', 'CONFIGURED',
                                                 'PILOT', 'LIVE', 'SUSPENDED', 'ARCHIVED')),
  resume_state    text,
  placement_id    text NOT NULL DEFAULT 'home' CONSTRAINT tenant_placement_fk REFERENCES placement (id),
  schema_version  integer NOT NULL DEFAULT 0,
  agreement_ref   text NOT NULL,
  signatory_name  text NOT NULL,
  signatory_title text NOT NULL,
  signatory_email text NOT NULL,
  licence_version text,
  first_admin_name  text,
  first_admin_email text,
  created_at      timestamptz NOT NULL,
  changed_at      timestamptz NOT NULL
);
CREATE INDEX tenant_hosts_index ON tenant USING gin (hosts);

CREATE TABLE tenant_transition (
  id          uuid PRIMARY KEY,
  tenant_code text NOT NULL CONSTRAINT tenant_transition_tenant_fk REFERENCES tenant (code),
  from_state  text,
  to_state    text NOT NULL,
  at          timestamptz NOT NULL,
  actor_kind  text NOT NULL,
  actor_id    text,
  reason      text
);
CREATE INDEX tenant_transition_tenant_index ON tenant_transition (tenant_code, id);

CREATE TABLE licence_acceptance (
  id              uuid PRIMARY KEY,
  tenant_code     text NOT NULL CONSTRAINT licence_acceptance_tenant_fk REFERENCES tenant (code),
  licence_version text NOT NULL,
  language        text NOT NULL,
  text_sha256     text NOT NULL,
  signatory_name  text NOT NULL,
  signatory_title text NOT NULL,
  signatory_email text NOT NULL,
  accepted_at     timestamptz NOT NULL,
  address         text
);

CREATE TABLE agreement_invitation (
  id          uuid PRIMARY KEY,
  tenant_code text NOT NULL CONSTRAINT agreement_invitation_tenant_fk REFERENCES tenant (code),
  token_hash  bytea NOT NULL CONSTRAINT agreement_invitation_token_unique UNIQUE,
  expires_at  timestamptz NOT NULL
);

CREATE TABLE operator_account (
  id              uuid PRIMARY KEY,
  email           text NOT NULL CONSTRAINT operator_account_email_unique UNIQUE,
  name            text NOT NULL,
  password_hash   text NOT NULL,
  failed_attempts integer NOT NULL DEFAULT 0,
  locked_until    timestamptz
);

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

CREATE TABLE sandbox_message (
  id       uuid PRIMARY KEY,
  at       timestamptz NOT NULL,
  channel  text NOT NULL,
  receiver text NOT NULL,
  language text NOT NULL,
  text     text NOT NULL
);

GRANT SELECT ON placement, migration TO {{login}};
GRANT SELECT, INSERT, UPDATE ON tenant, operator_account, outbox_event TO {{login}};
GRANT SELECT, INSERT ON tenant_transition, licence_acceptance, agreement_invitation, audit_entry, sandbox_message TO {{login}};
