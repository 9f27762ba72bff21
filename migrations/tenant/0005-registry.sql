-- Persons, and what is known of them. Person tables are keyed (person_id, …); what must be unique in the whole
-- country has a claim table of its own, so that persons can be spread over servers (ARCHITECTURE, Beyond one machine).

CREATE TABLE person (
  person_id            uuid PRIMARY KEY,
  code                 text NOT NULL,
  name                 text NOT NULL,
  name_parts           jsonb,
  birth_date           date NOT NULL,
  birth_date_precision text NOT NULL CHECK (birth_date_precision IN ('day', 'month', 'year')),
  sex                  text NOT NULL,
  area_id              uuid,
  language             text,
  access_needs         text[] NOT NULL,
  status               text NOT NULL CHECK (status IN ('active', 'moved', 'deceased')),
  -- how it came into the registry: by the person's own account, or attested by a member of staff at a facility
  registered_via       text NOT NULL CHECK (registered_via IN ('own-account', 'assisted')),
  registered_by        text,
  registered_at_facility uuid,
  registered_at        timestamptz NOT NULL
);
COMMENT ON COLUMN person.birth_date IS 'The earliest day it can be; birth_date_precision says how much of it is known.';

-- The code on the printed card: which person holds it. Keyed by the code alone.
CREATE TABLE person_code_claim (
  code      text PRIMARY KEY,
  person_id uuid NOT NULL
);

-- An identifier belongs to one person in the country. Keyed by the blind index alone.
CREATE TABLE identifier_claim (
  blind_index bytea PRIMARY KEY,
  person_id   uuid NOT NULL
);

CREATE TABLE person_identifier (
  person_id     uuid NOT NULL CONSTRAINT person_identifier_person_fk REFERENCES person (person_id),
  identifier_id uuid NOT NULL,
  type          text NOT NULL,
  blind_index   bytea NOT NULL,
  sealed        bytea NOT NULL,
  added_at      timestamptz NOT NULL,
  PRIMARY KEY (person_id, identifier_id)
);

-- A phone is a way to reach people, never who they are: many persons may have the same one.
CREATE TABLE person_contact (
  person_id   uuid NOT NULL CONSTRAINT person_contact_person_fk REFERENCES person (person_id),
  contact_id  uuid NOT NULL,
  phone_index bytea NOT NULL,
  phone_sealed bytea NOT NULL,
  verified    boolean NOT NULL,
  added_at    timestamptz NOT NULL,
  PRIMARY KEY (person_id, contact_id)
);
CREATE INDEX person_contact_phone_index ON person_contact (phone_index);

-- Which citizen accounts act for the person: her own, a parent's, a carer's.
CREATE TABLE person_account (
  person_id  uuid NOT NULL CONSTRAINT person_account_person_fk REFERENCES person (person_id),
  account_id uuid NOT NULL,
  relation   text NOT NULL,
  linked_at  timestamptz NOT NULL,
  PRIMARY KEY (person_id, account_id)
);
CREATE INDEX person_account_account_index ON person_account (account_id, person_id);

-- A fact each: given or withdrawn, for which purpose and version of its text, in which language, by whom.
CREATE TABLE consent (
  person_id  uuid NOT NULL CONSTRAINT consent_person_fk REFERENCES person (person_id),
  consent_id uuid NOT NULL,
  purpose    text NOT NULL,
  version    text NOT NULL,
  given      boolean NOT NULL,
  language   text NOT NULL,
  by_kind    text NOT NULL,
  by_id      text,
  at         timestamptz NOT NULL,
  PRIMARY KEY (person_id, consent_id)
);

-- What a correction changed: only the fields that differ, as they were and as they became.
CREATE TABLE person_change (
  person_id uuid NOT NULL CONSTRAINT person_change_person_fk REFERENCES person (person_id),
  change_id uuid NOT NULL,
  before    jsonb NOT NULL,
  after     jsonb NOT NULL,
  reason    text NOT NULL,
  by_kind   text NOT NULL,
  by_id     text,
  at        timestamptz NOT NULL,
  PRIMARY KEY (person_id, change_id)
);

-- Somebody looked at two records that seemed to be one person and says they are two.
CREATE TABLE person_not_same (
  person_id       uuid NOT NULL CONSTRAINT person_not_same_person_fk REFERENCES person (person_id),
  other_person_id uuid NOT NULL,
  reason          text NOT NULL,
  by_kind         text NOT NULL,
  by_id           text,
  at              timestamptz NOT NULL,
  PRIMARY KEY (person_id, other_person_id)
);

-- Under which keys a person is looked for when somebody like her is registered or searched.
CREATE TABLE person_match_key (
  person_id uuid NOT NULL CONSTRAINT person_match_key_person_fk REFERENCES person (person_id),
  match_key text NOT NULL,
  PRIMARY KEY (person_id, match_key)
);
CREATE INDEX person_match_key_index ON person_match_key (match_key);

-- Rows to be locked, so that two registrations of one identity at one moment come one after the other.
CREATE TABLE match_lock (
  bucket integer PRIMARY KEY
);

-- The country's own limits and weights, when it has changed the product's; one row.
CREATE TABLE registry_rules (
  id         text PRIMARY KEY CHECK (id = 'current'),
  rules      jsonb NOT NULL,
  changed_at timestamptz NOT NULL
);

GRANT SELECT, INSERT ON person_code_claim, identifier_claim, person_identifier, person_contact, consent, person_change,
  person_not_same TO {{login}};
GRANT SELECT, INSERT, UPDATE ON person, match_lock, registry_rules TO {{login}};
GRANT SELECT, INSERT, UPDATE, DELETE ON person_account, person_match_key TO {{login}};
