-- What partners capture (EPCIS 2.0) and what they are told (webhooks). All led by the partner: they are its own.

CREATE TABLE epcis_event (
  partner_id  uuid NOT NULL,
  -- captured in the sandbox: shown there and nowhere else
  trial       boolean NOT NULL,
  -- CBV 2.0 section 8.9; events that say the same have the same
  hash        text NOT NULL,
  -- SHA-256 of its error declaration, which the hash leaves out; empty without one
  declaration text NOT NULL,
  id          uuid NOT NULL,
  capture_id  uuid NOT NULL,
  event_id    text,
  -- milliseconds since 1970
  event_at    bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  -- every id and class in it, in one spelling
  things      text[] NOT NULL,
  -- JSON as it came
  event       text NOT NULL,
  context     text NOT NULL,
  PRIMARY KEY (partner_id, trial, hash, declaration)
);
CREATE INDEX epcis_event_record_index ON epcis_event (partner_id, trial, id);
CREATE INDEX epcis_event_time_index ON epcis_event (partner_id, trial, event_at, id);
CREATE INDEX epcis_event_event_id_index ON epcis_event (partner_id, event_id);
CREATE INDEX epcis_event_things_index ON epcis_event USING gin (things);

CREATE TABLE epcis_capture (
  partner_id  uuid NOT NULL,
  id          uuid NOT NULL,
  trial       boolean NOT NULL,
  created_at  timestamptz NOT NULL,
  finished_at timestamptz NOT NULL,
  behaviour   text NOT NULL CONSTRAINT epcis_capture_behaviour_check CHECK (behaviour IN ('rollback', 'proceed')),
  -- JSON: what was wrong with events that were left out
  errors      text NOT NULL,
  PRIMARY KEY (partner_id, id)
);

CREATE TABLE epcis_query (
  partner_id uuid NOT NULL,
  name       text NOT NULL,
  -- JSON
  query      text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (partner_id, name)
);

CREATE TABLE webhook (
  partner_id      uuid NOT NULL,
  id              uuid NOT NULL,
  url             text NOT NULL,
  -- closed by the key port
  secret          bytea NOT NULL,
  former_secret   bytea,
  former_until    timestamptz,
  state           text NOT NULL CONSTRAINT webhook_state_check CHECK (state IN ('UNPROVEN', 'ACTIVE', 'STOPPED')),
  created_at      timestamptz NOT NULL,
  PRIMARY KEY (partner_id, id)
);

CREATE TABLE webhook_message (
  partner_id      uuid NOT NULL,
  webhook_id      uuid NOT NULL,
  id              uuid NOT NULL,
  -- what it is about: messages of one unit go out one after another
  unit_id         text NOT NULL,
  -- counts up within the unit
  sequence        integer NOT NULL,
  -- microseconds since 1970 of what it tells of: the next one's is later
  happened_at     bigint NOT NULL,
  body            text NOT NULL,
  state           text NOT NULL CONSTRAINT webhook_message_state_check CHECK (state IN ('WAITING', 'DELIVERED', 'DEAD')),
  attempts        integer NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  last_fault      text,
  delivered_at    timestamptz,
  created_at      timestamptz NOT NULL,
  PRIMARY KEY (partner_id, webhook_id, id),
  CONSTRAINT webhook_message_sequence_unique UNIQUE (partner_id, webhook_id, unit_id, sequence)
);
CREATE INDEX webhook_message_waiting_index ON webhook_message (next_attempt_at) WHERE state = 'WAITING';

GRANT SELECT, INSERT ON epcis_event, epcis_capture TO {{login}};
GRANT SELECT, INSERT, DELETE ON epcis_query TO {{login}};
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook, webhook_message TO {{login}};
