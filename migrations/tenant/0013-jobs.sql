-- Long work of a country, done in slices: what was asked for, and how far each part of it has come. Facts of the tenant,
-- on the tenant's own server: a job is requested, and its slices are saved, in the transaction of what they change.

CREATE TABLE job (
  id           uuid PRIMARY KEY,
  kind         text NOT NULL,
  -- what makes two requests the same work, e.g. the day of a nightly sweep
  key          text NOT NULL,
  parameters   jsonb NOT NULL,
  state        text NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  result       jsonb,
  requested_by_kind text NOT NULL,
  requested_by text,
  requested_at timestamptz NOT NULL,
  started_at   timestamptz,
  ended_at     timestamptz,
  CONSTRAINT job_kind_key_unique UNIQUE (kind, key)
);

-- Parts go side by side. Whoever works on one holds its row locked: the lock is the lease, and ends with the connection.
CREATE TABLE job_part (
  job_id        uuid NOT NULL CONSTRAINT job_part_job_fk REFERENCES job (id),
  part          integer NOT NULL,
  state         text NOT NULL CHECK (state IN ('OPEN', 'DONE', 'FAILED', 'CANCELLED')),
  -- where the next slice begins; null: nothing was done yet
  cursor        jsonb,
  done          bigint NOT NULL CHECK (done >= 0),
  total         bigint CHECK (total >= 0),
  attempts      integer NOT NULL,
  next_slice_at timestamptz NOT NULL,
  -- a code of the closed list of errors
  error         text,
  PRIMARY KEY (job_id, part)
);
CREATE INDEX job_part_open_index ON job_part (next_slice_at) WHERE state = 'OPEN';

GRANT SELECT, INSERT, UPDATE ON job, job_part TO {{login}};
