// `npm test`: everything that a store promises, in a schema of its own that each check finds empty.
import { test } from 'node:test';
import { storeChecks } from 'ms-identity-typescript-webapp/session-store';
import pg from 'pg';
import { openPostgresRecords } from './postgres-records.js';

const SCHEMA = 'entra_store_checks';

async function openEmptyStore(now) {
  const client = new pg.Client();
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE; CREATE SCHEMA ${SCHEMA}`);
  await client.end();
  return openPostgresRecords({ options: `-c search_path=${SCHEMA}` }, now);
}

for (const { name, run } of storeChecks()) test(name, () => run(openEmptyStore));
