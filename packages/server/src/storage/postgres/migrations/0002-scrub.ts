import type { Migration } from './migration.ts'

/** How far the slow look at everything that is kept has come, and the originals that it found missing or damaged. */
export const scrub: Migration = () => `
SET LOCAL search_path = senio, public;

CREATE TABLE scrub (
  id integer PRIMARY KEY CHECK (id = 1),
  started double precision,
  position text COLLATE "C",
  ended double precision,
  database_faults integer NOT NULL,
  holder text COLLATE "C" NOT NULL,
  held_until double precision NOT NULL
);
INSERT INTO scrub VALUES (1, NULL, NULL, NULL, 0, '', 0);

CREATE TABLE damaged_picture (
  sha1 text COLLATE "C" PRIMARY KEY,
  fault text COLLATE "C" NOT NULL CHECK (fault IN ('missing', 'damaged')),
  found double precision NOT NULL
);
`
