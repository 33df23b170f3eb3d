/** Originals may be unreadable, too. SQLite changes no CHECK of a table that is there. */
export const unreadablePictures = `
CREATE TABLE damaged_picture_with_unreadable (
  sha1 TEXT PRIMARY KEY,
  fault TEXT NOT NULL CHECK (fault IN ('missing', 'damaged', 'unreadable')),
  found REAL NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO damaged_picture_with_unreadable SELECT sha1, fault, found FROM damaged_picture;
DROP TABLE damaged_picture;
ALTER TABLE damaged_picture_with_unreadable RENAME TO damaged_picture;
`
