-- The place of each W3C credential on the country's status lists. Drawn at random, so that nobody can tell from a place how
-- many there are or which are of one day; a list that is mostly taken is followed by another.
CREATE TABLE status_list_claim (
  list_number    integer NOT NULL CHECK (list_number >= 1),
  place          integer NOT NULL CHECK (place >= 0),
  person_id      uuid NOT NULL,
  certificate_id uuid NOT NULL,
  proof_id       uuid NOT NULL,
  PRIMARY KEY (list_number, place)
);

GRANT SELECT, INSERT ON status_list_claim TO {{login}};
