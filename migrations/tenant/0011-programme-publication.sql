-- A draft is a line of states that never change; a pack comes into force on a day, by two people.

ALTER TABLE country_pack
  ADD COLUMN draft_id uuid,
  ADD COLUMN revision integer,
  ADD COLUMN base_id  uuid CONSTRAINT country_pack_base_fk REFERENCES country_pack (id),
  ADD COLUMN edits    jsonb;
UPDATE country_pack SET draft_id = id, revision = 1;
ALTER TABLE country_pack
  ALTER COLUMN draft_id SET NOT NULL,
  ALTER COLUMN revision SET NOT NULL,
  ADD CONSTRAINT country_pack_revision_unique UNIQUE (draft_id, revision);
COMMENT ON COLUMN country_pack.draft_id IS 'The line of states this one belongs to: the id of its first.';
COMMENT ON COLUMN country_pack.base_id IS 'The state whose content `pack` is laid over, top-level property by property; null: `pack` is all of it.';
COMMENT ON COLUMN country_pack.edits IS 'What made this state out of the one before; null for a first.';

CREATE TABLE country_pack_proposal (
  id           uuid PRIMARY KEY,
  pack_id      uuid NOT NULL CONSTRAINT country_pack_proposal_pack_fk REFERENCES country_pack (id),
  effective_on date NOT NULL,
  note         text NOT NULL,
  proposed_by  text,
  proposed_at  timestamptz NOT NULL
);
CREATE INDEX country_pack_proposal_pack_index ON country_pack_proposal (pack_id);

-- A proposal ends once: of an approval and a withdrawal at the same moment, one finds the key taken.
CREATE TABLE country_pack_decision (
  proposal_id uuid PRIMARY KEY CONSTRAINT country_pack_decision_proposal_fk REFERENCES country_pack_proposal (id),
  decision    text NOT NULL CHECK (decision IN ('APPROVED', 'WITHDRAWN')),
  decided_by  text,
  decided_at  timestamptz NOT NULL,
  note        text
);

-- Publications are numbered: two at the same moment cannot both be the next.
ALTER TABLE country_pack_publication
  ADD COLUMN number       integer,
  ADD COLUMN effective_at timestamptz,
  ADD COLUMN proposal_id  uuid CONSTRAINT country_pack_publication_proposal_fk REFERENCES country_pack_proposal (id);
UPDATE country_pack_publication p SET effective_at = published_at, number = o.number
  FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM country_pack_publication) o WHERE o.id = p.id;
ALTER TABLE country_pack_publication
  ALTER COLUMN number SET NOT NULL,
  ALTER COLUMN effective_at SET NOT NULL,
  ADD CONSTRAINT country_pack_publication_number_unique UNIQUE (number);

-- What became of a publication, once: it came into force (numbered: the newest is the one in force) or was cancelled before.
CREATE TABLE country_pack_outcome (
  publication_id uuid PRIMARY KEY CONSTRAINT country_pack_outcome_publication_fk REFERENCES country_pack_publication (id),
  in_force       integer CONSTRAINT country_pack_outcome_in_force_unique UNIQUE,
  at             timestamptz NOT NULL,
  cancelled_by   text,
  reason         text
);
COMMENT ON COLUMN country_pack_outcome.in_force IS '1 for the first that came into force, and so on; null when it was cancelled.';
INSERT INTO country_pack_outcome (publication_id, in_force, at) SELECT id, number, published_at FROM country_pack_publication;

-- A version that was published names one content for ever: what a dose's record refers to.
CREATE TABLE published_version (
  of      text NOT NULL,
  version text NOT NULL,
  pack_id uuid NOT NULL CONSTRAINT published_version_pack_fk REFERENCES country_pack (id),
  PRIMARY KEY (of, version)
);
COMMENT ON COLUMN published_version.of IS '`pack`, or `schedule` and the code of the schedule.';
INSERT INTO published_version (of, version, pack_id)
  SELECT DISTINCT ON (p.version) 'pack', p.version, p.id
  FROM country_pack p JOIN country_pack_publication b ON b.pack_id = p.id ORDER BY p.version, b.number;
INSERT INTO published_version (of, version, pack_id)
  SELECT DISTINCT ON (1, 2) 'schedule ' || (p.pack -> 'schedule' ->> 'code'), p.pack -> 'schedule' ->> 'version', p.id
  FROM country_pack p JOIN country_pack_publication b ON b.pack_id = p.id ORDER BY 1, 2, b.number;

GRANT SELECT, INSERT ON country_pack_proposal, country_pack_decision, country_pack_outcome, published_version TO {{login}};
