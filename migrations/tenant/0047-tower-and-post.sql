-- What those who run the network look at: projections of consignments and their ways, kept by the facts that delivery
-- announces. Nobody asks the scans themselves for a figure. Unit tables; rebuilt and compared by `RebuildTower`.
CREATE TABLE consignment_figure (
  unit_id      text COLLATE "C" PRIMARY KEY,
  kind         text NOT NULL,
  -- of the hub it now goes to
  area_id      uuid NOT NULL CONSTRAINT consignment_figure_area_fk REFERENCES area (id),
  -- the country's own day
  sent_on      date NOT NULL,
  promised_at  timestamptz NOT NULL,
  due_at       timestamptz,
  status       text,
  -- where it was scanned last, and when; when it was sent, until it is scanned
  hub_id       uuid,
  since        timestamptz NOT NULL,
  handed_over_at timestamptz,
  -- null until it is handed over, and when it went back
  on_time      boolean,
  proven       boolean,
  attempts     integer NOT NULL,
  missorts     integer NOT NULL,
  missed       integer NOT NULL,
  custody_gaps integer NOT NULL
);
CREATE INDEX consignment_figure_sent_index ON consignment_figure (sent_on);
CREATE INDEX consignment_figure_open_index ON consignment_figure (since, unit_id) WHERE handed_over_at IS NULL;

-- Each time a consignment was at a hub and left it again.
CREATE TABLE hub_stay (
  unit_id    text COLLATE "C" NOT NULL,
  arrived_at timestamptz NOT NULL,
  hub_id     uuid NOT NULL,
  left_at    timestamptz NOT NULL,
  -- the country's own day on which it left
  left_on    date NOT NULL,
  PRIMARY KEY (unit_id, arrived_at)
);
CREATE INDEX hub_stay_left_index ON hub_stay (left_on, hub_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON consignment_figure, hub_stay TO {{login}};

-- Facts: a printed certificate was sent to its holder by post. A person table; the way itself is delivery's, by its unit.
CREATE TABLE posted_certificate (
  person_id      uuid NOT NULL,
  certificate_id uuid NOT NULL,
  facility_id    uuid NOT NULL CONSTRAINT posted_certificate_facility_fk REFERENCES facility (id),
  -- the print run that it was printed in
  run_id         uuid NOT NULL,
  unit_id        text NOT NULL,
  posted_at      timestamptz NOT NULL,
  actor_id       text,
  PRIMARY KEY (person_id, certificate_id, run_id),
  CONSTRAINT posted_certificate_certificate_fk FOREIGN KEY (person_id, certificate_id)
    REFERENCES certificate (person_id, certificate_id)
);

GRANT SELECT, INSERT ON posted_certificate TO {{login}};
