import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../../support/until.ts';

/** A PostgreSQL of this run's own, by Debian's program for throw-away ones. */
export interface Postgres {
  /** PGHOST and its like, as `pg` reads them. */
  environment: Record<string, string>;
  close(): Promise<void>;
}

/** Starts one; it ends when the command in it does, and leaves nothing behind. */
export async function startPostgres(): Promise<Postgres> {
  const child = spawn('pg_virtualenv', ['-t', 'sh', '-c', 'env | grep ^PG; echo ready; cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const said = await readUntilReady(child);
  const environment = Object.fromEntries(
    [...said.matchAll(/^(PG[A-Z]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  return {
    environment,
    async close() {
      const ended = once(child, 'close');
      child.stdin?.end();
      await ended;
    },
  };
}

async function readUntilReady(child: ChildProcess): Promise<string> {
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await until(() => said.includes('ready\n') || child.exitCode !== null);
  if (child.exitCode !== null) throw new Error('PostgreSQL did not start: Debian has it as "postgresql".');
  return said;
}
