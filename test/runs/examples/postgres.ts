import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../../support/until.ts';

/** A PostgreSQL of this run's own, by Debian's program for throw-away ones. */
export interface Postgres {
  /** PGHOST and its like, as `pg` and `psql` read them. */
  environment: Record<string, string>;
  /** Runs statements. @throws Error with what psql says */
  run(sql: string): void;
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
    run(sql) {
      const { status, stderr } = spawnSync('psql', ['-q', '-v', 'ON_ERROR_STOP=1', '-c', sql], {
        env: { PATH: process.env.PATH ?? '', ...environment },
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`psql: ${stderr}`);
    },
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
