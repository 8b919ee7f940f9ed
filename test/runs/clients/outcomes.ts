import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { page } from './page.ts';

/** What a client did in the run of a day. */
export interface Outcome {
  readonly version: string;
  readonly runtime: string;
  readonly date: string;
  /** By the title of the fault. */
  readonly cells: Readonly<Record<string, string>>;
}

/** By the client's name; a text says why it was not run. */
export type Outcomes = Readonly<Record<string, Outcome | string>>;

const FILE = resolve('test/runs/clients/outcomes.json');
const PAGE = resolve('docs/emulator-clients.md');

/** Keeps what these clients did, beside what others did before, and writes the page of it. */
export function keepOutcomes(found: Outcomes): void {
  const before: Outcomes = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
  const all = { ...before, ...found };
  writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync(PAGE, page(all));
}
