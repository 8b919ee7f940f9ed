// A store of sessions in PostgreSQL. What each method promises stands in the package's declarations (SessionRecords);
// records.test.js holds this file to it.
import { storeUnavailable } from 'ms-identity-typescript-webapp/session-store';
import pg from 'pg';

const ANSWER_WITHIN_MS = 2_000;
const SWEEP_EVERY_MS = 3_600_000;

// Records are sealed texts of bytes (latin1). Groups are few for a session, and looked up seldom.
const TABLES = `
  CREATE TABLE IF NOT EXISTS entra_sessions (id text PRIMARY KEY, session bytea NOT NULL, tokens bytea NOT NULL,
    groups text[] NOT NULL, expires_at_ms bigint NOT NULL);
  CREATE INDEX IF NOT EXISTS entra_sessions_groups ON entra_sessions USING gin (groups);
  CREATE TABLE IF NOT EXISTS entra_notes (name text PRIMARY KEY, text bytea NOT NULL, expires_at_ms bigint NOT NULL);
  CREATE TABLE IF NOT EXISTS entra_used (name text PRIMARY KEY, expires_at_ms bigint NOT NULL);`;
const WITH_EXPIRY = ['entra_sessions', 'entra_notes', 'entra_used'];

const bytes = (text) => Buffer.from(text, 'latin1');
const textOf = (value) => value?.toString('latin1');

/**
 * Opens the store and makes its tables where they are not there.
 * @param options of a pool of `pg`, such as `{ connectionString }`
 */
export async function openPostgresRecords(options, now = Date.now) {
  const pool = new pg.Pool({
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    ...options,
  });
  // A connection that breaks while nobody uses it: the next query gets another one.
  pool.on('error', () => undefined);

  const query = async (sql, values) => {
    try {
      return await pool.query(sql, values);
    } catch (error) {
      throw storeUnavailable(`postgres: ${error.code ?? 'no answer'}`, error);
    }
  };
  const changes = async (sql, values) => (await query(sql, values)).rowCount > 0;
  const read = async (sql, values) => textOf((await query(sql, values)).rows[0]?.value);

  const sweep = async () => {
    for (const table of WITH_EXPIRY)
      await query(`DELETE FROM ${table} WHERE expires_at_ms <= $1`, [now()]).catch(() => undefined);
  };
  await query(TABLES);
  const sweeping = setInterval(sweep, SWEEP_EVERY_MS).unref();

  return {
    async create(id, { session, tokens, expiresAtMs, groups }) {
      await query(
        `INSERT INTO entra_sessions VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET session = excluded.session,
           tokens = excluded.tokens, groups = excluded.groups, expires_at_ms = excluded.expires_at_ms`,
        [id, bytes(session), bytes(tokens), groups, expiresAtMs],
      );
    },
    read: (id, part) =>
      read(`SELECT ${columnOf(part)} AS value FROM entra_sessions WHERE id = $1 AND expires_at_ms > $2`, [
        id,
        now(),
      ]),
    replace: (id, part, expected, next, expiresAtMs) =>
      changes(
        `UPDATE entra_sessions SET ${columnOf(part)} = $3, expires_at_ms = greatest(expires_at_ms, $4)
           WHERE id = $1 AND ${columnOf(part)} = $2 AND expires_at_ms > $5`,
        [id, bytes(expected), bytes(next), expiresAtMs, now()],
      ),
    async remove(id) {
      await query('DELETE FROM entra_sessions WHERE id = $1', [id]);
    },
    async regroup(id, groups) {
      await query('UPDATE entra_sessions SET groups = $2 WHERE id = $1', [id, groups]);
    },
    async listGroup(group) {
      const { rows } = await query(
        'SELECT id FROM entra_sessions WHERE groups @> ARRAY[$1::text] AND expires_at_ms > $2',
        [group, now()],
      );
      return rows.map(({ id }) => id);
    },
    async removeGroup(group) {
      const { rowCount } = await query(
        'DELETE FROM entra_sessions WHERE groups @> ARRAY[$1::text] AND expires_at_ms > $2',
        [group, now()],
      );
      return rowCount;
    },
    useOnce: (name, expiresAtMs) =>
      changes(
        `INSERT INTO entra_used VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET expires_at_ms = $2
           WHERE entra_used.expires_at_ms <= $3`,
        [name, expiresAtMs, now()],
      ),
    notes: {
      async write(name, text, expiresAtMs) {
        await query(
          `INSERT INTO entra_notes VALUES ($1, $2, $3)
             ON CONFLICT (name) DO UPDATE SET text = excluded.text, expires_at_ms = excluded.expires_at_ms`,
          [name, bytes(text), expiresAtMs],
        );
      },
      read: (name) =>
        read('SELECT text AS value FROM entra_notes WHERE name = $1 AND expires_at_ms > $2', [name, now()]),
      replace: (name, expected, next, expiresAtMs) =>
        changes(
          `UPDATE entra_notes SET text = $3, expires_at_ms = $4
             WHERE name = $1 AND text = $2 AND expires_at_ms > $5`,
          [name, bytes(expected), bytes(next), expiresAtMs, now()],
        ),
      async remove(name) {
        await query('DELETE FROM entra_notes WHERE name = $1', [name]);
      },
    },
    async count() {
      return Number((await query('SELECT count(*) FROM entra_sessions')).rows[0].count);
    },
    async check() {
      await query('SELECT 1');
    },
    async close() {
      clearInterval(sweeping);
      if (!pool.ending) await pool.end();
    },
  };
}

/** Names of columns are no values: only these two get into a query. */
function columnOf(part) {
  return part === 'tokens' ? 'tokens' : 'session';
}
