-- Format 4, which no version wrote: made from the one before by scripts/write-format-fixture.mjs.
CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('admin', 'member')),
  created REAL NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  created REAL NOT NULL,
  expires REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE api_token (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  created REAL NOT NULL,
  last_used REAL
) STRICT;
CREATE TABLE sensor (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner INTEGER NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  created REAL NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE field (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sensor INTEGER NOT NULL REFERENCES sensor (id),
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  unit TEXT NOT NULL,
  position INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE device_key (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sensor INTEGER NOT NULL REFERENCES sensor (id) ON DELETE CASCADE,
  key_hash TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  created REAL NOT NULL,
  last_used REAL
) STRICT;
CREATE TABLE value (
  field INTEGER NOT NULL,
  ts REAL NOT NULL,
  v ANY NOT NULL,
  PRIMARY KEY (field, ts)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE probe (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  writes INTEGER NOT NULL
) STRICT;
CREATE TABLE registry_version (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL
) STRICT;
CREATE TABLE view (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  panels TEXT NOT NULL,
  created REAL NOT NULL,
  changed REAL NOT NULL
) STRICT;
CREATE TABLE note (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sensor INTEGER NOT NULL REFERENCES sensor (id) ON DELETE CASCADE,
  starts REAL NOT NULL,
  ends REAL,
  text TEXT NOT NULL,
  created REAL NOT NULL,
  changed REAL NOT NULL,
  CHECK (ends > starts)
) STRICT;
CREATE TABLE value_changes (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  changes INTEGER NOT NULL
) STRICT;
CREATE TABLE scrub (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  started REAL,
  position TEXT,
  ended REAL,
  database_faults INTEGER NOT NULL,
  holder TEXT NOT NULL,
  held_until REAL NOT NULL
) STRICT;
CREATE TABLE damaged_picture (
  sha1 TEXT PRIMARY KEY,
  fault TEXT NOT NULL CHECK (fault IN ('missing', 'damaged')),
  found REAL NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO account (id, email, password_hash, role, created, deleted) VALUES (1, 'ada@example.org', '$argon2id$v=19$m=19456,t=2,p=1$qShHhqwA4Zbfy96WNHpM7A$pdDnifqZjkcU2x35IQVad6xz24TpiiyWbCDEWbrPOtc', 'admin', 1795467499326.0, 0);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence (name, seq) VALUES ('account', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('sensor', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('field', 4);
INSERT INTO sqlite_sequence (name, seq) VALUES ('device_key', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('note', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('view', 1);
INSERT INTO session (token_hash, account, created, expires) VALUES ('106a7808f41fefae74c538e69cc1ced5581c70568d606a4b7334e01eef49203b', 1, 1795467502110.0, 1798059502110.0);
INSERT INTO sensor (id, owner, name, name_folded, created, deleted) VALUES (1, 1, 'rpi', 'rpi', 1795467502288.0, 0);
INSERT INTO field (id, sensor, name, type, unit, position, deleted) VALUES (1, 1, 'temp', 'scalar', 'celsius', 0, 0);
INSERT INTO field (id, sensor, name, type, unit, position, deleted) VALUES (2, 1, 'open', 'boolean', '', 1, 0);
INSERT INTO field (id, sensor, name, type, unit, position, deleted) VALUES (3, 1, 'place', 'location', '', 2, 0);
INSERT INTO field (id, sensor, name, type, unit, position, deleted) VALUES (4, 1, 'cam', 'image', '', 3, 0);
INSERT INTO device_key (id, sensor, key_hash, label, created, last_used) VALUES (1, 1, '33d42f8aab7b420ab0763e70c516f6882066b3e601ac48804d473db2dd795eb3', 'first key', 1795467502288.0, 1795467480000.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474632000000.0, -2.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474635600000.25, 20.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474635960000.25, 20.25);
INSERT INTO value (field, ts, v) VALUES (1, 1474636320000.25, 20.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474636680000.25, 20.75);
INSERT INTO value (field, ts, v) VALUES (1, 1474637040000.25, 21.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474637400000.25, 21.25);
INSERT INTO value (field, ts, v) VALUES (1, 1474637760000.25, 21.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474638120000.25, 20.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474638480000.25, 20.25);
INSERT INTO value (field, ts, v) VALUES (1, 1474638840000.25, 20.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474639200000.25, 20.75);
INSERT INTO value (field, ts, v) VALUES (1, 1474639560000.25, 21.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474639920000.25, 21.25);
INSERT INTO value (field, ts, v) VALUES (1, 1474640280000.25, 21.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474640640000.25, 20.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474641000000.25, 20.25);
INSERT INTO value (field, ts, v) VALUES (1, 1474641360000.25, 20.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474641720000.25, 20.75);
INSERT INTO value (field, ts, v) VALUES (1, 1474642080000.25, 21.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474642440000.25, 21.25);
INSERT INTO value (field, ts, v) VALUES (1, 1474642800000.25, 21.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474643160000.25, 20.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474643520000.25, 20.25);
INSERT INTO value (field, ts, v) VALUES (1, 1474643880000.25, 20.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474644240000.25, 20.75);
INSERT INTO value (field, ts, v) VALUES (1, 1474644600000.25, 21.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474644960000.25, 21.25);
INSERT INTO value (field, ts, v) VALUES (1, 1474645320000.25, 21.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474645680000.25, 20.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474646040000.25, 20.25);
INSERT INTO value (field, ts, v) VALUES (1, 1474646400000.25, 20.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474646760000.25, 20.75);
INSERT INTO value (field, ts, v) VALUES (1, 1474647120000.25, 21.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474647480000.25, 21.25);
INSERT INTO value (field, ts, v) VALUES (1, 1474647840000.25, 21.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474648200000.25, 20.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474648560000.25, 20.25);
INSERT INTO value (field, ts, v) VALUES (1, 1474648920000.25, 20.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474649280000.25, 20.75);
INSERT INTO value (field, ts, v) VALUES (1, 1474649640000.25, 21.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474650000000.25, 21.25);
INSERT INTO value (field, ts, v) VALUES (1, 1474650360000.25, 21.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474650720000.25, 20.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474651080000.25, 20.25);
INSERT INTO value (field, ts, v) VALUES (1, 1474651440000.25, 20.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474651800000.25, 20.75);
INSERT INTO value (field, ts, v) VALUES (1, 1474652160000.25, 21.0);
INSERT INTO value (field, ts, v) VALUES (1, 1474652520000.25, 21.25);
INSERT INTO value (field, ts, v) VALUES (1, 1474652880000.25, 21.5);
INSERT INTO value (field, ts, v) VALUES (1, 1474653240000.25, 20.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474635600000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474635960000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474636320000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474636680000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474637040000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474637400000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474637760000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474638120000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474638480000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474638840000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474639200000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474639560000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474639920000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474640280000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474640640000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474641000000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474641360000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474641720000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474642080000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474642440000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474642800000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474643160000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474643520000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474643880000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474644240000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474644600000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474644960000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474645320000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474645680000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474646040000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474646400000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474646760000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474647120000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474647480000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474647840000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474648200000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474648560000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474648920000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474649280000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474649640000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474650000000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474650360000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474650720000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474651080000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474651440000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474651800000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474652160000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474652520000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474652880000.25, 1.0);
INSERT INTO value (field, ts, v) VALUES (2, 1474653240000.25, 0.0);
INSERT INTO value (field, ts, v) VALUES (3, 1474635600001.0, '{"lat":52.5,"lon":13.4}');
INSERT INTO value (field, ts, v) VALUES (4, 1474639200000.0, X'03BCB820AD55455025949EFC082200E6828D63D6');
INSERT INTO rollup (field, level, start, count, sum, min, max, first, last, state, on_ms) VALUES (1, 7, 1473638400000.0, 51, 2.4080509319901466e-07, -2.5, 21.5, NULL, NULL, NULL, NULL);
INSERT INTO rollup (field, level, start, count, sum, min, max, first, last, state, on_ms) VALUES (2, 7, 1473638400000.0, 50, 3.9581209421157837e-09, 0.0, 1.0, 1474635600000.25, 1474653240000.25, 0, 6120000.0);
INSERT INTO rollup (field, level, start, count, sum, min, max, first, last, state, on_ms) VALUES (3, 7, 1473638400000.0, 1, 0.0, 0.0, 0.0, NULL, NULL, NULL, NULL);
INSERT INTO rollup (field, level, start, count, sum, min, max, first, last, state, on_ms) VALUES (4, 7, 1473638400000.0, 1, 0.0, 0.0, 0.0, NULL, NULL, NULL, NULL);
INSERT INTO measurement_tags (sensor, ts, tags) VALUES (1, 1474632000000.0, '{"run":7,"ok":true}');
INSERT INTO measurement_tags (sensor, ts, tags) VALUES (1, 1474635600001.0, '["first","märz"]');
INSERT INTO tag_word (sensor, word, ts) VALUES (1, 'first', 1474635600001.0);
INSERT INTO tag_word (sensor, word, ts) VALUES (1, 'märz', 1474635600001.0);
INSERT INTO tag_word (sensor, word, ts) VALUES (1, 'ok', 1474632000000.0);
INSERT INTO tag_word (sensor, word, ts) VALUES (1, 'ok:true', 1474632000000.0);
INSERT INTO tag_word (sensor, word, ts) VALUES (1, 'run', 1474632000000.0);
INSERT INTO tag_word (sensor, word, ts) VALUES (1, 'run:7', 1474632000000.0);
INSERT INTO image (sha1, sha256, media_type, bytes, width, height, damaged, state, claimed_until, created) VALUES (X'03BCB820AD55455025949EFC082200E6828D63D6', X'CA09E0D498FD06F275209AA65C2F0FA426EE0941163406F34F46E4A73F98C627', 'image/png', 93, 2, 1, 0, 'ready', 0.0, 1795467503141.0);
INSERT INTO probe (id, writes) VALUES (1, 1);
INSERT INTO registry_version (id, version) VALUES (1, 8);
INSERT INTO view (id, account, name, panels, created, changed) VALUES (1, 1, 'home', '[{"columns":12,"rows":8,"fields":[{"id":1,"sensor":"rpi","field":"temp"}]}]', 1795467503242.0, 1795467503242.0);
INSERT INTO note (id, sensor, starts, ends, text, created, changed) VALUES (1, 1, 1474635600000.0, NULL, 'moved to the window', 1795467503233.0, 1795467503233.0);
INSERT INTO value_changes (id, changes) VALUES (1, 1);
INSERT INTO scrub (id, started, position, ended, database_faults, holder, held_until) VALUES (1, NULL, NULL, NULL, 0, '', 0.0);
CREATE UNIQUE INDEX account_email ON account (email) WHERE deleted = 0;
CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires ON session (expires);
CREATE INDEX api_token_account ON api_token (account, id);
CREATE UNIQUE INDEX sensor_name ON sensor (owner, name) WHERE deleted = 0;
CREATE INDEX sensor_name_any_owner ON sensor (name) WHERE deleted = 0;
CREATE INDEX sensor_deleted ON sensor (id) WHERE deleted = 1;
CREATE UNIQUE INDEX field_name ON field (sensor, name) WHERE deleted = 0;
CREATE INDEX field_sensor ON field (sensor, position);
CREATE INDEX field_deleted ON field (id) WHERE deleted = 1;
CREATE INDEX device_key_sensor ON device_key (sensor, id);
CREATE INDEX value_blob ON value (v, field) WHERE typeof(v) = 'blob';
CREATE INDEX image_pending ON image (created) WHERE state = 'pending';
CREATE TRIGGER sensor_version_insert AFTER INSERT ON sensor
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE TRIGGER sensor_version_update AFTER UPDATE ON sensor
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE TRIGGER sensor_version_delete AFTER DELETE ON sensor
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE TRIGGER field_version_insert AFTER INSERT ON field
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE TRIGGER field_version_update AFTER UPDATE ON field
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE TRIGGER field_version_delete AFTER DELETE ON field
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE TRIGGER device_key_version_insert AFTER INSERT ON device_key
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE TRIGGER device_key_version_update AFTER UPDATE OF sensor, key_hash, label ON device_key
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE TRIGGER device_key_version_delete AFTER DELETE ON device_key
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE TRIGGER api_token_version_insert AFTER INSERT ON api_token
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE TRIGGER api_token_version_update AFTER UPDATE OF account, token_hash, label ON api_token
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE TRIGGER api_token_version_delete AFTER DELETE ON api_token
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE TRIGGER account_version_insert AFTER INSERT ON account
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE TRIGGER account_version_update AFTER UPDATE ON account
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE TRIGGER account_version_delete AFTER DELETE ON account
BEGIN UPDATE registry_version SET version = version + 1; END;
CREATE UNIQUE INDEX view_name ON view (account, name);
CREATE INDEX note_sensor ON note (sensor, starts, id);
CREATE TRIGGER value_replaced AFTER UPDATE ON value
BEGIN UPDATE value_changes SET changes = changes + 1; END;
CREATE TRIGGER value_deleted AFTER DELETE ON value
BEGIN UPDATE value_changes SET changes = changes + 1; END;
PRAGMA application_id = 1399156329;
PRAGMA user_version = 4;
