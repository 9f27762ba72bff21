-- Cold chain. Facts: a live logger fell silent; `since`: its last reading. It is told once.
CREATE TABLE logger_silence (
  facility_id uuid NOT NULL,
  logger_id   uuid NOT NULL,
  since       timestamptz NOT NULL,
  noticed_at  timestamptz NOT NULL,
  PRIMARY KEY (facility_id, logger_id, since),
  CONSTRAINT logger_silence_logger_fk FOREIGN KEY (facility_id, logger_id) REFERENCES temperature_logger (facility_id, id)
);
GRANT SELECT, INSERT ON logger_silence TO {{login}};

-- What carrying costs, as the country publishes it; each version says the same for ever. Money is whole minor units of
-- one currency (ISO 4217). Reference tables.
CREATE TABLE rate_list (
  version       integer PRIMARY KEY CHECK (version > 0),
  currency      text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  -- the country's own day from which it holds
  effective_on  date NOT NULL,
  -- how many cubic millimetres count as a gram; null: size does not count
  mm3_per_gram  integer CHECK (mm3_per_gram > 0),
  -- [{code, sharedAreas}]: by how many areas, from the top, both ends lie in
  zones         jsonb NOT NULL,
  published_at  timestamptz NOT NULL,
  actor_id      text
);
CREATE TABLE rate (
  version     integer NOT NULL CONSTRAINT rate_list_fk REFERENCES rate_list (version),
  service     text COLLATE "C" NOT NULL,
  zone        text COLLATE "C" NOT NULL,
  up_to_grams integer NOT NULL CHECK (up_to_grams > 0),
  minor       integer NOT NULL CHECK (minor >= 0),
  PRIMARY KEY (version, service, zone, up_to_grams)
);

-- What a partner was quoted when it sent a consignment, and owes. A unit table.
CREATE TABLE consignment_charge (
  unit_id  text COLLATE "C" PRIMARY KEY CONSTRAINT consignment_charge_consignment_fk REFERENCES consignment (unit_id),
  version  integer NOT NULL CONSTRAINT consignment_charge_list_fk REFERENCES rate_list (version),
  service  text NOT NULL,
  zone     text NOT NULL,
  grams    integer NOT NULL CHECK (grams > 0),
  minor    integer NOT NULL CHECK (minor >= 0),
  currency text NOT NULL
);
GRANT SELECT, INSERT ON rate_list, rate, consignment_charge TO {{login}};
