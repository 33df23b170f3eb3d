import type { Migration } from './migration.ts'

/**
 * Which place the pictures are in: the id of its mark, once it is known. And since when a picture is known to have no
 * value, which publishing it again takes back. Originals may be unreadable, too.
 */
export const pictures: Migration = () => `
SET LOCAL search_path = senio, public;

CREATE TABLE picture_place (
  id integer PRIMARY KEY CHECK (id = 1),
  mark text COLLATE "C" NOT NULL
);

ALTER TABLE image ADD COLUMN unreferenced double precision;
CREATE INDEX image_unreferenced ON image (unreferenced) WHERE unreferenced IS NOT NULL;

ALTER TABLE damaged_picture DROP CONSTRAINT damaged_picture_fault_check;
ALTER TABLE damaged_picture ADD CONSTRAINT damaged_picture_fault_check
  CHECK (fault IN ('missing', 'damaged', 'unreadable'));
`
