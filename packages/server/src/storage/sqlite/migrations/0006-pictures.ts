/**
 * Which place the pictures are in: the id of its mark, once it is known. And since when a picture is known to have no
 * value, which publishing it again takes back.
 */
export const pictures = `
CREATE TABLE picture_place (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  mark TEXT NOT NULL
) STRICT;

ALTER TABLE image ADD COLUMN unreferenced REAL;
CREATE INDEX image_unreferenced ON image (unreferenced) WHERE unreferenced IS NOT NULL;
`
