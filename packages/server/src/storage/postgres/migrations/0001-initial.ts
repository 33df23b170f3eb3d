import type { Migration } from './migration.ts'
import { distributeSql } from './distribute.ts'
import { valueTableSql } from './value-table.ts'

/**
 * The tables of docs/formats/postgres.md. Times are ms since the epoch, and text compares by code point. Ids are
 * never used again: sequences don't go back.
 */
export const initial: Migration = (capabilities) => `
SET LOCAL search_path = senio, public;

CREATE TABLE account (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text COLLATE "C" NOT NULL,
  password_hash text COLLATE "C" NOT NULL,
  role text COLLATE "C" NOT NULL CHECK (role IN ('admin', 'member')),
  created double precision NOT NULL,
  deleted integer NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX account_email ON account (email) WHERE deleted = 0;

CREATE TABLE session (
  token_hash text COLLATE "C" PRIMARY KEY,
  account integer NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  created double precision NOT NULL,
  expires double precision NOT NULL
);
CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires ON session (expires);

CREATE TABLE api_token (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account integer NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  token_hash text COLLATE "C" NOT NULL UNIQUE,
  label text COLLATE "C" NOT NULL,
  created double precision NOT NULL,
  last_used double precision
);
CREATE INDEX api_token_account ON api_token (account, id);

CREATE TABLE sensor (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner integer NOT NULL REFERENCES account (id),
  name text COLLATE "C" NOT NULL,
  name_folded text COLLATE "C" NOT NULL,
  created double precision NOT NULL,
  deleted integer NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX sensor_name ON sensor (owner, name) WHERE deleted = 0;
CREATE INDEX sensor_name_any_owner ON sensor (name) WHERE deleted = 0;
CREATE INDEX sensor_deleted ON sensor (id) WHERE deleted = 1;

CREATE TABLE field (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sensor integer NOT NULL REFERENCES sensor (id),
  name text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  position integer NOT NULL,
  deleted integer NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX field_name ON field (sensor, name) WHERE deleted = 0;
CREATE INDEX field_sensor ON field (sensor, position);
CREATE INDEX field_deleted ON field (id) WHERE deleted = 1;

CREATE TABLE device_key (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sensor integer NOT NULL REFERENCES sensor (id) ON DELETE CASCADE,
  key_hash text COLLATE "C" NOT NULL UNIQUE,
  label text COLLATE "C" NOT NULL,
  created double precision NOT NULL,
  last_used double precision
);
CREATE INDEX device_key_sensor ON device_key (sensor, id);

CREATE TABLE view (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account integer NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name text COLLATE "C" NOT NULL,
  panels text COLLATE "C" NOT NULL,
  created double precision NOT NULL,
  changed double precision NOT NULL
);
CREATE UNIQUE INDEX view_name ON view (account, name);

CREATE TABLE note (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sensor integer NOT NULL REFERENCES sensor (id) ON DELETE CASCADE,
  starts double precision NOT NULL,
  ends double precision,
  text text COLLATE "C" NOT NULL,
  created double precision NOT NULL,
  changed double precision NOT NULL,
  CHECK (ends > starts)
);
CREATE INDEX note_sensor ON note (sensor, starts, id);

CREATE TABLE installation (
  id integer PRIMARY KEY CHECK (id = 1),
  first_month double precision NOT NULL
);
INSERT INTO installation
  VALUES (1, extract(epoch FROM date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC') * 1000);

${valueTableSql(capabilities)}

CREATE TABLE rollup (
  sensor integer NOT NULL,
  field integer NOT NULL,
  level smallint NOT NULL,
  start double precision NOT NULL,
  count bigint NOT NULL,
  sum double precision NOT NULL,
  min double precision NOT NULL,
  max double precision NOT NULL,
  first double precision,
  last double precision,
  state smallint,
  on_ms double precision,
  PRIMARY KEY (sensor, field, level, start)
) WITH (fillfactor = 80);

CREATE TABLE measurement_tags (
  sensor integer NOT NULL,
  ts double precision NOT NULL,
  tags text COLLATE "C" NOT NULL,
  PRIMARY KEY (sensor, ts)
);

CREATE TABLE tag_word (
  sensor integer NOT NULL,
  word bytea NOT NULL,
  ts double precision NOT NULL,
  PRIMARY KEY (sensor, word, ts)
);

CREATE TABLE image (
  sha1 bytea PRIMARY KEY,
  sha256 bytea NOT NULL,
  media_type text COLLATE "C" NOT NULL,
  bytes bigint NOT NULL,
  width integer,
  height integer,
  damaged integer NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'ready', 'failed')),
  claimed_until double precision NOT NULL DEFAULT 0,
  created double precision NOT NULL
);
CREATE INDEX image_pending ON image (created, sha1) WHERE state = 'pending';

CREATE TABLE probe (
  id integer PRIMARY KEY CHECK (id = 1),
  writes bigint NOT NULL
);
INSERT INTO probe VALUES (1, 0);

CREATE TABLE registry_version (
  id integer PRIMARY KEY CHECK (id = 1),
  version bigint NOT NULL
);
INSERT INTO registry_version VALUES (1, 1);

CREATE FUNCTION bump_registry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE senio.registry_version SET version = version + 1;
  RETURN NULL;
END $$;
${bump('account', 'UPDATE')}
${bump('sensor', 'UPDATE')}
${bump('field', 'UPDATE')}
${bump('device_key', 'UPDATE OF sensor, key_hash, label')}
${bump('api_token', 'UPDATE OF account, token_hash, label')}

-- Whoever stores values of a sensor holds its row. A field is deleted before or after that, never in between.
CREATE FUNCTION hold_sensor_of_field() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.deleted <> OLD.deleted THEN
    PERFORM 1 FROM senio.sensor WHERE id = NEW.sensor FOR NO KEY UPDATE;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER field_holds_sensor BEFORE UPDATE OF deleted ON field
  FOR EACH ROW EXECUTE FUNCTION hold_sensor_of_field();

${distributeSql(capabilities)}
`

function bump(table: string, update: string): string {
  return `CREATE TRIGGER ${table}_version AFTER INSERT OR ${update} OR DELETE ON ${table}
  FOR EACH ROW EXECUTE FUNCTION bump_registry();`
}
