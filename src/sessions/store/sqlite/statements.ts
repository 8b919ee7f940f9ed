import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Part } from '../records.ts';

export type Statements = ReturnType<typeof prepareStatements>;

/** Entries that one look for expired ones removes at most, so that no look takes long. */
export const SWEPT_AT_ONCE = 32;

/** All SQL that the store uses while it is open. */
export function prepareStatements(database: DatabaseSyncInstance) {
  const prepare = (sql: string) => database.prepare(sql);
  return {
    insertSession: prepare('INSERT INTO sessions (id, expires, session) VALUES (?, ?, ?)'),
    insertTokens: prepare('INSERT INTO tokens (number, tokens) VALUES (?, ?)'),
    insertPlace: prepare('INSERT OR IGNORE INTO places (name, number) VALUES (?, ?)'),
    findSession: prepare('SELECT number FROM sessions WHERE id = ? AND expires > ?'),
    removePlaces: prepare('DELETE FROM places WHERE number = ?'),
    removeSession: prepare('DELETE FROM sessions WHERE id = ?'),
    removeGroup: prepare('DELETE FROM sessions WHERE number IN (SELECT number FROM places WHERE name = ?)'),
    listGroup: prepare('SELECT id FROM places JOIN sessions USING (number) WHERE name = ? AND expires > ?'),
    countGroup: prepare(
      'SELECT count(*) AS count FROM places JOIN sessions USING (number) WHERE name = ? AND expires > ?',
    ),
    removeSoonest: prepare(
      'DELETE FROM sessions WHERE number IN (SELECT number FROM sessions ORDER BY expires LIMIT ?)',
    ),
    count: prepare('SELECT count(*) AS count FROM sessions'),
    read: {
      session: prepare('SELECT session AS text FROM sessions WHERE id = ? AND expires > ?'),
      tokens: prepare(
        'SELECT tokens AS text FROM sessions JOIN tokens USING (number) WHERE id = ? AND expires > ?',
      ),
    } satisfies Record<Part, unknown>,
    /** Next, id, now, expected. */
    replace: {
      session: prepare('UPDATE sessions SET session = ? WHERE id = ? AND expires > ? AND session = ?'),
      tokens: prepare(
        'UPDATE tokens SET tokens = ? WHERE number = (SELECT number FROM sessions WHERE id = ? AND expires > ?) AND tokens = ?',
      ),
    } satisfies Record<Part, unknown>,
    extend: prepare('UPDATE sessions SET expires = ?1 WHERE id = ?2 AND expires < ?1'),
    /** Name, expires, now. */
    useOnce: prepare(
      'INSERT INTO claims (name, expires) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET expires = ?2 WHERE expires <= ?3',
    ),
    writeNote: prepare('INSERT OR REPLACE INTO notes (name, text, expires) VALUES (?, ?, ?)'),
    readNote: prepare('SELECT text FROM notes WHERE name = ? AND expires > ?'),
    replaceNote: prepare(
      'UPDATE notes SET text = ?, expires = max(expires, ?) WHERE name = ? AND text = ? AND expires > ?',
    ),
    removeNote: prepare('DELETE FROM notes WHERE name = ?'),
    sweep: Object.entries({ sessions: 'number', claims: 'name', notes: 'name' }).map(([table, key]) =>
      prepare(
        `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE expires <= ? LIMIT ${SWEPT_AT_ONCE})`,
      ),
    ),
    probe: prepare('INSERT OR REPLACE INTO probes (number, at) VALUES (1, ?)'),
    pages: prepare('PRAGMA page_count'),
    freePages: prepare('PRAGMA freelist_count'),
  };
}
