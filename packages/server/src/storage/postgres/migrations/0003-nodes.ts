import type { Migration } from './migration.ts'

/** What nodes must agree on: attempts to sign in, tokens for the first account, who does regular work. */
export const nodes: Migration = () => `
SET LOCAL search_path = senio, public;

CREATE TABLE sign_in_attempts (
  key text COLLATE "C" PRIMARY KEY,
  failures integer NOT NULL,
  blocked_until double precision NOT NULL,
  expires double precision NOT NULL
);
CREATE INDEX sign_in_attempts_expires ON sign_in_attempts (expires);

CREATE TABLE setup_token (
  token_hash text COLLATE "C" PRIMARY KEY
);

CREATE TABLE task (
  name text COLLATE "C" PRIMARY KEY,
  claimed_until double precision NOT NULL
);
`
