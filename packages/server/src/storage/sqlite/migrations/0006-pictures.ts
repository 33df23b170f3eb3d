/**
 * Which place the pictures are in: the id of its mark, once it is known. And since when a picture is known to have no
 * value, which publishing it again takes back. Originals may be unreadable, too. SQLite
 * changes no CHECK of a table that is there.
 */
export const pictures = `
CREATE TABLE picture_place (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  mark TEXT NOT NULL
) STRICT;

ALTER TABLE image ADD COLUMN unreferenced REAL;
CREATE INDEX image_unreferenced ON image (unreferenced) WHERE unreferenced IS NOT NULL;

CREATE TABLE damaged_picture_with_unreadable (
  sha1 TEXT PRIMARY KEY,
  fault TEXT NOT NULL CHECK (fault IN ('missing', 'damaged', 'unreadable')),
  found REAL NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO damaged_picture_with_unreadable SELECT sha1, fault, found FROM damaged_picture;
DROP TABLE damaged_picture;
ALTER TABLE damaged_picture_with_unreadable RENAME TO damaged_picture;
`
