-- A country that has left is ended by two operators (docs/decisions/0054-ending-a-country.md). Its row in `tenant`, with the
-- transitions and this one, is what stays.
ALTER TABLE tenant DROP CONSTRAINT tenant_state_check;
ALTER TABLE tenant ADD CONSTRAINT tenant_state_check CHECK (state IN ('INVITED', 'AGREEMENT_SENT', 'ACCEPTED', 'PROVISIONED',
  'CONFIGURED', 'PILOT', 'LIVE', 'SUSPENDED', 'ARCHIVED', 'ENDED'));

CREATE TABLE tenant_ending (
  id             uuid PRIMARY KEY,
  tenant_code    text NOT NULL CONSTRAINT tenant_ending_tenant_fk REFERENCES tenant (code),
  state          text NOT NULL CHECK (state IN ('ASKED', 'DECLINED', 'STOPPED', 'APPROVED', 'EXPORTED', 'CONFIRMED', 'ENDING',
                                                'ENDED')),
  instruction    text NOT NULL, -- reference of the ministry's letter
  reason         text NOT NULL,
  public_key     jsonb NOT NULL, -- the ministry's: nobody else can read the export
  -- from the ministry's confirmation; licence 10.4: certificates stay verifiable for twelve months
  wait_days      integer NOT NULL CHECK (wait_days BETWEEN 365 AND 3650),
  asked_by       text NOT NULL,
  asked_at       timestamptz NOT NULL,
  decided_by     text,
  decided_at     timestamptz,
  exported_at    timestamptz,
  export_sha256  text,
  export_folder  text,
  confirmation   text, -- reference of the ministry's confirmation
  confirmed_by   text,
  confirmed_at   timestamptz,
  ends_at        timestamptz,
  keys_gone_at   timestamptz,
  ended_at       timestamptz,
  CONSTRAINT tenant_ending_two_people_check CHECK (decided_by <> asked_by),
  CONSTRAINT tenant_ending_decided_check CHECK (state IN ('ASKED', 'STOPPED') OR decided_by IS NOT NULL),
  CONSTRAINT tenant_ending_exported_check CHECK (state NOT IN ('EXPORTED', 'CONFIRMED', 'ENDING', 'ENDED')
    OR export_sha256 IS NOT NULL),
  CONSTRAINT tenant_ending_confirmed_check CHECK (state NOT IN ('CONFIRMED', 'ENDING', 'ENDED')
    OR (confirmed_at IS NOT NULL AND ends_at IS NOT NULL)),
  CONSTRAINT tenant_ending_ended_check CHECK ((state = 'ENDED') = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX tenant_ending_open_unique ON tenant_ending (tenant_code) WHERE state NOT IN ('DECLINED', 'STOPPED');

GRANT SELECT, INSERT, UPDATE ON tenant_ending TO {{login}};
