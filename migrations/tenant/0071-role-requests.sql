-- A role that reaches beyond one facility is given by two people: one asks, another decides (docs/decisions/0053-roles-by-two.md).
CREATE TABLE role_request (
  id         uuid PRIMARY KEY,
  staff_id   uuid NOT NULL CONSTRAINT role_request_staff_fk REFERENCES staff_account (id),
  role       text NOT NULL,
  reach_kind text NOT NULL CHECK (reach_kind IN ('country', 'area')),
  reach_id   uuid,
  state      text NOT NULL CHECK (state IN ('ASKED', 'GIVEN', 'DECLINED', 'EXPIRED', 'WITHDRAWN')),
  asked_by   text NOT NULL,
  asked_at   timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  CONSTRAINT role_request_reach_check CHECK ((reach_kind = 'country') = (reach_id IS NULL)),
  CONSTRAINT role_request_decided_check CHECK ((state IN ('GIVEN', 'DECLINED')) = (decided_by IS NOT NULL)),
  CONSTRAINT role_request_two_people_check CHECK (decided_by <> asked_by AND decided_by <> staff_id::text)
);
CREATE UNIQUE INDEX role_request_open_unique ON role_request (staff_id, role, reach_kind, reach_id) NULLS NOT DISTINCT
  WHERE state = 'ASKED';
CREATE INDEX role_request_state_index ON role_request (state, id);

GRANT SELECT, INSERT ON role_request TO {{login}};
GRANT UPDATE (state, decided_by, decided_at) ON role_request TO {{login}};
