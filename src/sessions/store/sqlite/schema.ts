/** Counted up with each change of the tables: a file with another number counts as damaged. */
export const SCHEMA_VERSION = 1;

/** Set before the first table is made. */
export const PAGE_BYTES = 4_096;

/*
 * `expires` is Unix time in milliseconds. What belongs to a session has its number, and goes when it goes. The larger
 * half of a session is in a table of its own, so that moving its expiry on does not write the tokens again.
 */
export const SCHEMA = `
  CREATE TABLE sessions (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    expires INTEGER NOT NULL,
    session BLOB NOT NULL
  ) STRICT;
  CREATE INDEX sessions_by_expiry ON sessions (expires);

  CREATE TABLE tokens (
    number INTEGER PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
    tokens BLOB NOT NULL
  ) STRICT;

  CREATE TABLE places (
    name TEXT NOT NULL,
    number INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    PRIMARY KEY (name, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX places_by_session ON places (number);

  CREATE TABLE claims (name TEXT PRIMARY KEY, expires INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX claims_by_expiry ON claims (expires);

  CREATE TABLE notes (name TEXT PRIMARY KEY, expires INTEGER NOT NULL, text BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX notes_by_expiry ON notes (expires);

  CREATE TABLE probes (number INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;

  PRAGMA user_version = ${SCHEMA_VERSION};
`;
