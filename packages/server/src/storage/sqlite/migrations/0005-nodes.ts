/** What used to be in a process's memory: attempts to sign in, tokens for the first account, who does regular work. */
export const nodes = `
CREATE TABLE sign_in_attempts (
  key TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  blocked_until REAL NOT NULL,
  expires REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_attempts_expires ON sign_in_attempts (expires);

CREATE TABLE setup_token (
  token_hash TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE task (
  name TEXT PRIMARY KEY,
  claimed_until REAL NOT NULL
) STRICT, WITHOUT ROWID;
`
