import type { Migration } from './migration.ts'

/** Originals may be unreadable, too. */
export const unreadablePictures: Migration = () => `
SET LOCAL search_path = senio, public;

ALTER TABLE damaged_picture DROP CONSTRAINT damaged_picture_fault_check;
ALTER TABLE damaged_picture ADD CONSTRAINT damaged_picture_fault_check
  CHECK (fault IN ('missing', 'damaged', 'unreadable'));
`
