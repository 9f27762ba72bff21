-- What keeps vaccines cold, how cold it was, and what that did to them. Place tables, keyed by the facility.

-- A refrigerator, room or box. `capacities`: net litres by temperature class.
CREATE TABLE cold_equipment (
  facility_id   uuid NOT NULL CONSTRAINT cold_equipment_facility_fk REFERENCES facility (id),
  id            uuid NOT NULL,
  kind          text NOT NULL,
  pqs_code      text,
  manufacturer  text NOT NULL,
  model         text NOT NULL,
  serial        text NOT NULL,
  grai          text,
  giai          text,
  capacities    jsonb NOT NULL,
  state         text NOT NULL CHECK (state IN ('WORKING', 'FAILED', 'UNDER_REPAIR', 'RETIRED')),
  state_since   timestamptz NOT NULL,
  registered_at timestamptz NOT NULL,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT cold_equipment_serial_unique UNIQUE (facility_id, manufacturer, model, serial)
);

-- Facts: how a piece of equipment came into each of its states.
CREATE TABLE cold_equipment_change (
  facility_id  uuid NOT NULL,
  equipment_id uuid NOT NULL,
  id           uuid NOT NULL,
  state        text NOT NULL,
  remark       text NOT NULL,
  at           timestamptz NOT NULL,
  actor_id     text,
  PRIMARY KEY (facility_id, equipment_id, id),
  CONSTRAINT cold_equipment_change_equipment_fk FOREIGN KEY (facility_id, equipment_id) REFERENCES cold_equipment (facility_id, id)
);

-- A logger in a piece of equipment, where it is kept at one temperature class.
CREATE TABLE temperature_logger (
  facility_id      uuid NOT NULL,
  id               uuid NOT NULL,
  equipment_id     uuid NOT NULL,
  temperature      text NOT NULL,
  model            text NOT NULL,
  serial           text NOT NULL,
  interval_minutes integer NOT NULL CHECK (interval_minutes BETWEEN 1 AND 1440),
  registered_at    timestamptz NOT NULL,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT temperature_logger_serial_unique UNIQUE (facility_id, serial),
  CONSTRAINT temperature_logger_equipment_fk FOREIGN KEY (facility_id, equipment_id) REFERENCES cold_equipment (facility_id, id)
);

-- Facts: what loggers exported, byte for byte. The same file twice is one.
CREATE TABLE temperature_file (
  facility_id uuid NOT NULL,
  id          uuid NOT NULL,
  logger_id   uuid NOT NULL,
  sha256      bytea NOT NULL,
  content     bytea NOT NULL,
  readings    integer NOT NULL,
  days        integer NOT NULL,
  -- by the device's own clock
  activated   text NOT NULL,
  ended       text NOT NULL,
  imported_at timestamptz NOT NULL,
  actor_id    text,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT temperature_file_content_unique UNIQUE (facility_id, sha256),
  CONSTRAINT temperature_file_logger_fk FOREIGN KEY (facility_id, logger_id) REFERENCES temperature_logger (facility_id, id)
);
CREATE INDEX temperature_file_logger_index ON temperature_file (facility_id, logger_id, id);

-- Facts: a logger says one thing of one instant. Null: the sensor gave nothing.
CREATE TABLE temperature_reading (
  facility_id uuid NOT NULL,
  logger_id   uuid NOT NULL,
  at          timestamptz NOT NULL,
  celsius     numeric(5, 2),
  file_id     uuid,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (facility_id, logger_id, at),
  CONSTRAINT temperature_reading_logger_fk FOREIGN KEY (facility_id, logger_id) REFERENCES temperature_logger (facility_id, id)
);

-- What a device itself says of a day; of two files the one that was made later counts (`said_at`, the device's clock).
CREATE TABLE temperature_day (
  facility_id     uuid NOT NULL,
  logger_id       uuid NOT NULL,
  day             date NOT NULL,
  least           numeric(5, 2),
  most            numeric(5, 2),
  mean            numeric(5, 2),
  -- for each rule of the device: side, celsius, minutes beyond it, when it was raised (HH:MM)
  alarms          jsonb NOT NULL,
  timeout_minutes integer NOT NULL,
  said_at         text NOT NULL,
  file_id         uuid NOT NULL,
  PRIMARY KEY (facility_id, logger_id, day),
  CONSTRAINT temperature_day_file_fk FOREIGN KEY (facility_id, file_id) REFERENCES temperature_file (facility_id, id)
);

-- Projection of a logger's readings, changed with them. Rebuilt by `RebuildTemperatures`.
CREATE TABLE temperature_state (
  facility_id uuid NOT NULL,
  logger_id   uuid NOT NULL,
  readings    bigint NOT NULL CHECK (readings > 0),
  first_at    timestamptz NOT NULL,
  last_at     timestamptz NOT NULL,
  -- of the last one that has a value
  measured_at timestamptz,
  celsius     numeric(5, 2),
  PRIMARY KEY (facility_id, logger_id),
  CONSTRAINT temperature_state_logger_fk FOREIGN KEY (facility_id, logger_id) REFERENCES temperature_logger (facility_id, id)
);

-- A stay beyond what a class of products bears. It grows while it lasts, and one decision ends it. Where stock had gone on
-- before it was known, the place it went to has an excursion of its own that names the first.
CREATE TABLE excursion (
  facility_id        uuid NOT NULL CONSTRAINT excursion_facility_fk REFERENCES facility (id),
  id                 uuid NOT NULL,
  origin_facility_id uuid,
  origin_id          uuid,
  logger_id          uuid,
  storage_class      text NOT NULL,
  side               text NOT NULL CHECK (side IN ('low', 'high')),
  -- the limit that was passed, whether it was passed at the limit itself, and how long it may be
  limit_celsius      numeric(5, 2) NOT NULL,
  at_limit           boolean NOT NULL,
  limit_minutes      integer NOT NULL,
  judged_by          text NOT NULL CHECK (judged_by IN ('READINGS', 'DEVICE')),
  from_at            timestamptz NOT NULL,
  to_at              timestamptz NOT NULL,
  minutes            integer NOT NULL,
  furthest           numeric(5, 2),
  opened_at          timestamptz NOT NULL,
  -- who brought the readings: none of them decides on it
  reported_by        text[] NOT NULL,
  version            integer NOT NULL,
  decided_at         timestamptz,
  decided_by         text,
  -- the excursion that it turned out to be a part of, when late readings joined the two
  part_of            uuid,
  PRIMARY KEY (facility_id, id),
  CONSTRAINT excursion_logger_fk FOREIGN KEY (facility_id, logger_id) REFERENCES temperature_logger (facility_id, id),
  CONSTRAINT excursion_time_check CHECK (from_at < to_at),
  CONSTRAINT excursion_second_person_check CHECK (NOT decided_by = ANY (reported_by))
);
CREATE INDEX excursion_logger_index ON excursion (facility_id, logger_id, to_at);
CREATE UNIQUE INDEX excursion_origin_unique ON excursion (facility_id, origin_facility_id, origin_id) WHERE decided_at IS NULL;
CREATE INDEX excursion_open_index ON excursion (facility_id, id) WHERE decided_at IS NULL;

-- A lot that was there then. `hold_id`: none where nothing of it was left to be held. The decision is added to it once.
CREATE TABLE excursion_lot (
  facility_id  uuid NOT NULL,
  excursion_id uuid NOT NULL,
  lot_id       uuid NOT NULL CONSTRAINT excursion_lot_lot_fk REFERENCES lot (id),
  doses        integer NOT NULL CHECK (doses >= 0),
  hold_id      uuid,
  found_at     timestamptz NOT NULL,
  outcome      text CHECK (outcome IN ('RELEASED', 'DISCARDED')),
  reason       text,
  vvm_stage    smallint CHECK (vvm_stage BETWEEN 1 AND 4),
  remark       text,
  discarded    integer CHECK (discarded >= 0),
  PRIMARY KEY (facility_id, excursion_id, lot_id),
  CONSTRAINT excursion_lot_excursion_fk FOREIGN KEY (facility_id, excursion_id) REFERENCES excursion (facility_id, id),
  CONSTRAINT excursion_lot_reason_check CHECK (outcome IS NULL OR reason IS NOT NULL),
  CONSTRAINT excursion_lot_vvm_check CHECK (NOT (outcome = 'RELEASED' AND vvm_stage > 2))
);

GRANT SELECT, INSERT ON cold_equipment_change, temperature_file, temperature_reading TO {{login}};
GRANT SELECT, INSERT, UPDATE ON cold_equipment, temperature_logger, temperature_day, excursion, excursion_lot TO {{login}};
GRANT SELECT, INSERT, UPDATE, DELETE ON temperature_state TO {{login}};
