-- Inventory. Facts: a session's day was over for a whole day and nobody had counted what it used. It is told once.
CREATE TABLE uncounted_session (
  facility_id uuid NOT NULL,
  session_id  uuid NOT NULL,
  noticed_at  timestamptz NOT NULL,
  PRIMARY KEY (facility_id, session_id),
  CONSTRAINT uncounted_session_session_fk FOREIGN KEY (facility_id, session_id) REFERENCES session (facility_id, id)
);
GRANT SELECT, INSERT ON uncounted_session TO {{login}};

-- What is not counted yet, in the whole country: few beside all that ever was.
CREATE INDEX session_lot_open_index ON session_lot (facility_id, session_id) WHERE state = 'OPEN';
