/** What people add to what devices measure. Panels of a view are JSON: see docs/formats/data-dir.md. */
export const viewsAndNotes = `
CREATE TABLE view (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  panels TEXT NOT NULL,
  created REAL NOT NULL,
  changed REAL NOT NULL
) STRICT;
CREATE UNIQUE INDEX view_name ON view (account, name);

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
CREATE INDEX note_sensor ON note (sensor, starts, id);
`
