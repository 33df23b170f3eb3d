/** How far the slow look at everything that is kept has come, and the originals that it found missing or damaged. */
export const scrub = `
CREATE TABLE scrub (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  started REAL,
  position TEXT,
  ended REAL,
  database_faults INTEGER NOT NULL,
  holder TEXT NOT NULL,
  held_until REAL NOT NULL
) STRICT;
INSERT INTO scrub VALUES (1, NULL, NULL, NULL, 0, '', 0);

CREATE TABLE damaged_picture (
  sha1 TEXT PRIMARY KEY,
  fault TEXT NOT NULL CHECK (fault IN ('missing', 'damaged')),
  found REAL NOT NULL
) STRICT, WITHOUT ROWID;
`
