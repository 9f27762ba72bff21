-- People who sign in: staff by name and password, citizens by a code sent to their phone.

CREATE TABLE staff_account (
  id              uuid PRIMARY KEY,
  email           text NOT NULL CONSTRAINT staff_account_email_unique UNIQUE,
  name            text NOT NULL,
  state           text NOT NULL CHECK (state IN ('INVITED', 'ACTIVE', 'SUSPENDED')),
  password_hash   text,
  failed_attempts integer NOT NULL DEFAULT 0,
  locked_until    timestamptz,
  created_at      timestamptz NOT NULL
);

CREATE TABLE role_grant (
  id         uuid PRIMARY KEY,
  staff_id   uuid NOT NULL CONSTRAINT role_grant_staff_fk REFERENCES staff_account (id),
  role       text NOT NULL,
  reach_kind text NOT NULL CHECK (reach_kind IN ('country', 'area', 'facility')),
  reach_id   uuid,
  granted_by text,
  granted_at timestamptz NOT NULL,
  ended_at   timestamptz,
  CONSTRAINT role_grant_reach_check CHECK ((reach_kind = 'country') = (reach_id IS NULL))
);
CREATE INDEX role_grant_staff_index ON role_grant (staff_id) WHERE ended_at IS NULL;

CREATE TABLE staff_invitation (
  id         uuid PRIMARY KEY,
  staff_id   uuid NOT NULL CONSTRAINT staff_invitation_staff_fk REFERENCES staff_account (id),
  token_hash bytea NOT NULL CONSTRAINT staff_invitation_token_unique UNIQUE,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);

-- A citizen's account is a phone that was proved, never a person: persons are in the registry.
CREATE TABLE citizen_account (
  id           uuid PRIMARY KEY,
  phone_index  bytea NOT NULL CONSTRAINT citizen_account_phone_unique UNIQUE,
  phone_sealed bytea NOT NULL,
  created_at   timestamptz NOT NULL
);

CREATE TABLE sign_in_code (
  id           uuid PRIMARY KEY,
  phone_index  bytea NOT NULL,
  phone_sealed bytea NOT NULL,
  address      text,
  code_hash    bytea NOT NULL,
  attempts     integer NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  used_at      timestamptz
);
CREATE INDEX sign_in_code_phone_index ON sign_in_code (phone_index, created_at);
CREATE INDEX sign_in_code_address_index ON sign_in_code (address, created_at);

GRANT SELECT, INSERT, UPDATE ON staff_account, role_grant, staff_invitation, sign_in_code TO {{login}};
GRANT SELECT, INSERT ON citizen_account TO {{login}};
