import type { Migration } from './migration.ts'

/**
 * Who stored values of a sensor last: a random number of a node's connection, 0 after anything else. Whoever finds its
 * own number there while it holds the row knows that nothing has changed since.
 */
export const lastWriter: Migration = () => `
SET LOCAL search_path = senio, public;

ALTER TABLE sensor ADD COLUMN writer bigint NOT NULL DEFAULT 0;

DROP TRIGGER sensor_version ON sensor;
CREATE TRIGGER sensor_version
  AFTER INSERT OR UPDATE OF owner, name, name_folded, created, deleted OR DELETE ON sensor
  FOR EACH ROW EXECUTE FUNCTION bump_registry();

CREATE OR REPLACE FUNCTION hold_sensor_of_field() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.deleted <> OLD.deleted THEN
    UPDATE senio.sensor SET writer = 0 WHERE id = NEW.sensor;
  END IF;
  RETURN NEW;
END $$;
`
