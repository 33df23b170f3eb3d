/**
 * Counts values that were replaced or deleted, by whichever process: while the number stays, values are only added, and
 * what was read of a bucket stands as long as its rollup counts the same. (Triggers don't see what `INSERT OR REPLACE`
 * removes: values aren't written so.)
 */
export const valueChanges = `
CREATE TABLE value_changes (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  changes INTEGER NOT NULL
) STRICT;
INSERT INTO value_changes VALUES (1, 0);
CREATE TRIGGER value_replaced AFTER UPDATE ON value
BEGIN UPDATE value_changes SET changes = changes + 1; END;
CREATE TRIGGER value_deleted AFTER DELETE ON value
BEGIN UPDATE value_changes SET changes = changes + 1; END;
`
