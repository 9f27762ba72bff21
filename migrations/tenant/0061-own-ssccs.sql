-- The GS1 company prefix that a country's own handling units are numbered under; one row. A reference table.
CREATE TABLE unit_numbering (
  only_one   boolean PRIMARY KEY CHECK (only_one),
  gs1_prefix text NOT NULL CHECK (gs1_prefix ~ '^\d{6,12}$'),
  set_at     timestamptz NOT NULL,
  set_by     text
);

-- Facts: SSCCs that were given out, as they are scanned (00 and eighteen digits). None is given out twice. A unit table: the
-- number is drawn by lot and not counted up, so that nobody waits for the one before.
CREATE TABLE issued_sscc (
  unit_id   text COLLATE "C" PRIMARY KEY CHECK (unit_id ~ '^00\d{18}$'),
  -- one of those that were given out together
  issue_id  uuid NOT NULL,
  issued_at timestamptz NOT NULL,
  actor_id  text
);
CREATE INDEX issued_sscc_issue_index ON issued_sscc (issue_id);
GRANT SELECT, INSERT, UPDATE ON unit_numbering TO {{login}};
GRANT SELECT, INSERT ON issued_sscc TO {{login}};
