import type { Migration } from './migration.ts'

/**
 * `format.oldest` is the oldest format whose programs may still write. Each connection says which one it knows
 * (`senio.knows`); those of programs up to format 4 say nothing. Whoever stores measurements updates their sensors first,
 * or finds that they are not its own.
 *
 * The SQLSTATE is of a class that older programs, too, answer with 503.
 */
export const knownFormat: Migration = () => `
SET LOCAL search_path = senio, public;

ALTER TABLE format ADD COLUMN oldest integer NOT NULL DEFAULT 4;

CREATE FUNCTION require_known_format() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  needed integer := (SELECT oldest FROM senio.format);
BEGIN
  IF coalesce(nullif(current_setting('senio.knows', true), ''), '4')::integer < needed THEN
    RAISE EXCEPTION 'the database has been migrated, and needs programs that know format %', needed
      USING ERRCODE = '58S01';
  END IF;
END $$;

CREATE FUNCTION require_known_format_to_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM senio.require_known_format();
  RETURN NULL;
END $$;
CREATE TRIGGER sensor_known_format BEFORE UPDATE ON sensor
  FOR EACH STATEMENT EXECUTE FUNCTION require_known_format_to_write();
`
