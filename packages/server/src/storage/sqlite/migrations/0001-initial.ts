/**
 * The tables of docs/formats/data-dir.md. Times are ms since the epoch. Ids are never used again
 * (AUTOINCREMENT): a value of a deleted field must not turn up under a new one.
 */
export const initial = `
CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('admin', 'member')),
  created REAL NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX account_email ON account (email) WHERE deleted = 0;

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  created REAL NOT NULL,
  expires REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires ON session (expires);

CREATE TABLE api_token (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  created REAL NOT NULL,
  last_used REAL
) STRICT;
CREATE INDEX api_token_account ON api_token (account, id);

CREATE TABLE sensor (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner INTEGER NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  created REAL NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX sensor_name ON sensor (owner, name) WHERE deleted = 0;
CREATE INDEX sensor_name_any_owner ON sensor (name) WHERE deleted = 0;
CREATE INDEX sensor_deleted ON sensor (id) WHERE deleted = 1;

CREATE TABLE field (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sensor INTEGER NOT NULL REFERENCES sensor (id),
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  unit TEXT NOT NULL,
  position INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX field_name ON field (sensor, name) WHERE deleted = 0;
CREATE INDEX field_sensor ON field (sensor, position);
CREATE INDEX field_deleted ON field (id) WHERE deleted = 1;

CREATE TABLE device_key (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sensor INTEGER NOT NULL REFERENCES sensor (id) ON DELETE CASCADE,
  key_hash TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  created REAL NOT NULL,
  last_used REAL
) STRICT;
CREATE INDEX device_key_sensor ON device_key (sensor, id);

CREATE TABLE value (
  field INTEGER NOT NULL,
  ts REAL NOT NULL,
  v ANY NOT NULL,
  PRIMARY KEY (field, ts)
) STRICT, WITHOUT ROWID;
CREATE INDEX value_blob ON value (v, field) WHERE typeof(v) = 'blob';

CREATE TABLE rollup (
  field INTEGER NOT NULL,
  level INTEGER NOT NULL,
  start REAL NOT NULL,
  count INTEGER NOT NULL,
  sum REAL NOT NULL,
  min REAL NOT NULL,
  max REAL NOT NULL,
  first REAL,
  last REAL,
  state INTEGER,
  on_ms REAL,
  PRIMARY KEY (field, level, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE measurement_tags (
  sensor INTEGER NOT NULL,
  ts REAL NOT NULL,
  tags TEXT NOT NULL,
  PRIMARY KEY (sensor, ts)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag_word (
  sensor INTEGER NOT NULL,
  word TEXT NOT NULL,
  ts REAL NOT NULL,
  PRIMARY KEY (sensor, word, ts)
) STRICT, WITHOUT ROWID;

CREATE TABLE image (
  sha1 BLOB PRIMARY KEY,
  sha256 BLOB NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  damaged INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'ready', 'failed')),
  claimed_until REAL NOT NULL DEFAULT 0,
  created REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX image_pending ON image (created) WHERE state = 'pending';

CREATE TABLE probe (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  writes INTEGER NOT NULL
) STRICT;
INSERT INTO probe VALUES (1, 0);

CREATE TABLE registry_version (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL
) STRICT;
INSERT INTO registry_version VALUES (1, 1);
${['sensor', 'field'].map((table) => bump(table, 'UPDATE')).join('\n')}
${bump('device_key', 'UPDATE OF sensor, key_hash, label')}
${bump('api_token', 'UPDATE OF account, token_hash, label')}
${bump('account', 'UPDATE')}
`

function bump(table: string, update: string): string {
  return ['INSERT', update, 'DELETE']
    .map(
      (
        event,
      ) => `CREATE TRIGGER ${table}_version_${event.slice(0, 6).toLowerCase()} AFTER ${event} ON ${table}
BEGIN UPDATE registry_version SET version = version + 1; END;`,
    )
    .join('\n')
}
