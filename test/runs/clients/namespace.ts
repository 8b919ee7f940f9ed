import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { MICROSOFT_HOSTS } from '../../../src/emulator/registry/index.ts';
import { withOwnHosts } from '../../support/namespaces.ts';
import { ELSEWHERE } from './faults.ts';
import type { Happening, Order } from './inside.ts';

const INSIDE = fileURLToPath(new URL('inside.ts', import.meta.url));

/** Runs a client through faults where Microsoft's names lead to an emulator. @throws Error where that cannot be */
export async function runInNamespace(order: Order): Promise<Happening[]> {
  const folder = mkdtempSync(join(tmpdir(), 'client-hosts-'));
  const hosts = join(folder, 'hosts');
  const names = ['localhost', ...MICROSOFT_HOSTS, new URL(ELSEWHERE).hostname];
  writeFileSync(hosts, names.map((name) => `127.0.0.1 ${name}\n`).join(''));
  const program = [process.execPath, '--import', 'tsx', INSIDE, JSON.stringify(order)];
  const [command = '', ...given] = [...withOwnHosts(hosts), ...program];
  const child = spawn(command, given, { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const happenings: Happening[] = [];
  for await (const line of createInterface({ input: child.stdout })) happenings.push(JSON.parse(line));
  const status = await closed;
  rmSync(folder, { recursive: true, force: true });
  if (status !== 0) throw new Error(`the namespace ended with ${status}: ${said}`);
  return happenings;
}
