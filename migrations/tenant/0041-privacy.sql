-- What protects people's data beyond the fence of their country (docs/decisions/0035-privacy.md).

-- A key of each purpose has a number: what is sealed says by which, so that an old one still opens while a new one seals.
ALTER TABLE data_key ADD COLUMN number integer NOT NULL DEFAULT 1 CONSTRAINT data_key_number_check CHECK (number > 0);
ALTER TABLE data_key DROP CONSTRAINT data_key_purpose_unique;
ALTER TABLE data_key ADD CONSTRAINT data_key_purpose_number_unique UNIQUE (purpose, number);

-- A person's own key, wrapped with the country's. Shredded, it leaves what it sealed as noise in every copy of the rows.
CREATE TABLE person_key (
  person_id   uuid PRIMARY KEY CONSTRAINT person_key_person_fk REFERENCES person (person_id),
  wrapped     bytea,
  made_at     timestamptz NOT NULL,
  shredded_at timestamptz,
  CONSTRAINT person_key_shredded_check CHECK ((wrapped IS NULL) = (shredded_at IS NOT NULL))
);

-- What a correction changed is sealed with the person's key; `fields` says what it was about. Rows from before have
-- both values as they were.
ALTER TABLE person_change ALTER COLUMN before DROP NOT NULL, ALTER COLUMN after DROP NOT NULL;
ALTER TABLE person_change ADD COLUMN fields text[], ADD COLUMN values_sealed bytea;

-- Erased: no name, no birth date but the year, no way to reach or to find her; her doses stay, of nobody in particular.
ALTER TABLE person DROP CONSTRAINT person_status_check;
ALTER TABLE person ADD CONSTRAINT person_status_check CHECK (status IN ('active', 'moved', 'deceased', 'erased'));

-- A person is erased by two people: one asks, another decides. Codes only, since it outlives her.
CREATE TABLE erasure_request (
  person_id  uuid NOT NULL CONSTRAINT erasure_request_person_fk REFERENCES person (person_id),
  request_id uuid NOT NULL,
  ground     text NOT NULL CHECK (ground IN ('ASKED_BY_PERSON', 'REGISTERED_IN_ERROR', 'RETENTION_OVER', 'RESTORED')),
  state      text NOT NULL CHECK (state IN ('ASKED', 'ERASED', 'DECLINED')),
  asked_by   text,
  asked_at   timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  PRIMARY KEY (person_id, request_id),
  CONSTRAINT erasure_request_decided_check CHECK ((state = 'ASKED') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX erasure_request_open_unique ON erasure_request (person_id) WHERE state = 'ASKED';
CREATE INDEX erasure_request_state_index ON erasure_request (state, request_id);

-- While it stands, nothing of the person is erased or cleared away.
CREATE TABLE legal_hold (
  person_id uuid NOT NULL CONSTRAINT legal_hold_person_fk REFERENCES person (person_id),
  hold_id   uuid NOT NULL,
  reference text NOT NULL,
  placed_by text,
  placed_at timestamptz NOT NULL,
  lifted_by text,
  lifted_at timestamptz,
  PRIMARY KEY (person_id, hold_id)
);
CREATE INDEX legal_hold_standing_index ON legal_hold (person_id) WHERE lifted_at IS NULL;

-- What the country's law says of retention, erasure and figures, when it has set its own; one row.
CREATE TABLE privacy_rules (
  id         text PRIMARY KEY CHECK (id = 'current'),
  rules      jsonb NOT NULL,
  changed_at timestamptz NOT NULL
);

-- Somebody needs more than a day allows and answers for it afterwards. A place table.
CREATE TABLE break_glass (
  facility_id uuid NOT NULL,
  id          uuid NOT NULL,
  staff_id    text NOT NULL,
  reason      text NOT NULL,
  opened_at   timestamptz NOT NULL,
  until       timestamptz NOT NULL,
  persons     integer NOT NULL DEFAULT 0,
  reviewed_by text,
  reviewed_at timestamptz,
  finding     text CHECK (finding IN ('JUSTIFIED', 'NOT_JUSTIFIED')),
  PRIMARY KEY (facility_id, id),
  CONSTRAINT break_glass_reviewed_check CHECK ((finding IS NULL) = (reviewed_at IS NULL))
);
CREATE INDEX break_glass_staff_index ON break_glass (staff_id, until);
CREATE INDEX break_glass_open_index ON break_glass (id) WHERE reviewed_at IS NULL;

-- What else is counted of somebody's day: searches that met nobody, where she stood, and which alerts were given.
ALTER TABLE person_look_count ADD COLUMN misses integer NOT NULL DEFAULT 0,
  ADD COLUMN night_persons integer NOT NULL DEFAULT 0, ADD COLUMN facility_ids uuid[] NOT NULL DEFAULT '{}',
  ADD COLUMN alerts text[] NOT NULL DEFAULT '{}';
CREATE INDEX person_look_at_index ON person_look (at);

-- A person doubts that somebody had a reason to look at her. What she and the officer wrote is sealed with her key.
CREATE TABLE look_objection (
  person_id     uuid NOT NULL CONSTRAINT look_objection_person_fk REFERENCES person (person_id),
  objection_id  uuid NOT NULL,
  entry_id      uuid NOT NULL,
  account_id    uuid NOT NULL,
  text_sealed   bytea NOT NULL,
  at            timestamptz NOT NULL,
  finding       text CHECK (finding IN ('JUSTIFIED', 'NOT_JUSTIFIED')),
  answer_sealed bytea,
  answered_by   text,
  answered_at   timestamptz,
  PRIMARY KEY (person_id, objection_id),
  CONSTRAINT look_objection_entry_unique UNIQUE (person_id, entry_id),
  CONSTRAINT look_objection_answered_check CHECK ((finding IS NULL) = (answered_at IS NULL))
);
CREATE INDEX look_objection_open_index ON look_objection (objection_id) WHERE answered_at IS NULL;

-- Figures about nobody in particular, for research: asked for by one, approved by another, made by a job.
CREATE TABLE dose_extract (
  id           uuid PRIMARY KEY,
  from_month   date NOT NULL,
  until_month  date NOT NULL,
  purpose      text NOT NULL,
  state        text NOT NULL CHECK (state IN ('ASKED', 'DECLINED', 'MAKING', 'READY')),
  asked_by     text NOT NULL,
  asked_at     timestamptz NOT NULL,
  decided_by   text,
  decided_at   timestamptz,
  -- as the country's rules said when it was made
  fewest       integer,
  suppressed   integer,
  CONSTRAINT dose_extract_months_check CHECK (from_month <= until_month)
);
CREATE TABLE dose_extract_cell (
  extract_id uuid NOT NULL CONSTRAINT dose_extract_cell_extract_fk REFERENCES dose_extract (id),
  month      date NOT NULL,
  area_id    uuid NOT NULL, -- nil: unknown
  age_band   text NOT NULL,
  sex        text NOT NULL,
  vaccine    text NOT NULL,
  persons    integer NOT NULL,
  PRIMARY KEY (extract_id, month, area_id, age_band, sex, vaccine)
);

GRANT SELECT, INSERT ON person_key, erasure_request, legal_hold, break_glass, look_objection TO {{login}};
GRANT UPDATE (wrapped, shredded_at) ON person_key TO {{login}};
GRANT UPDATE (state, decided_by, decided_at) ON erasure_request TO {{login}};
GRANT UPDATE (lifted_by, lifted_at) ON legal_hold TO {{login}};
GRANT UPDATE (persons, reviewed_by, reviewed_at, finding) ON break_glass TO {{login}};
GRANT UPDATE (finding, answer_sealed, answered_by, answered_at) ON look_objection TO {{login}};
GRANT SELECT, INSERT, UPDATE ON privacy_rules, dose_extract TO {{login}};
GRANT SELECT, INSERT, UPDATE, DELETE ON dose_extract_cell TO {{login}};
-- Sealed anew under another key, and nothing else of the row.
GRANT UPDATE (phone_sealed) ON citizen_account TO {{login}};
GRANT UPDATE (sealed_text) ON certificate_code, certificate_proof TO {{login}};
GRANT UPDATE (sealed) ON person_identifier TO {{login}};
GRANT UPDATE (phone_sealed) ON person_contact TO {{login}};
GRANT UPDATE (sealed_pdf) ON print_sheet TO {{login}};
GRANT UPDATE (seed_sealed) ON draw TO {{login}};
-- Erased: what names or reaches her goes; of a correction, which facts it was about stays.
GRANT UPDATE (before, after, reason, fields) ON person_change TO {{login}};
GRANT UPDATE (reason) ON person_not_same TO {{login}};
GRANT DELETE ON person_code_claim, identifier_claim, person_identifier, person_contact TO {{login}};
GRANT DELETE ON citizen_account, person_look, person_look_count, break_glass TO {{login}};
