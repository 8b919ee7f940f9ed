import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** This package's version, from its package.json. */
export function packageVersion(): string {
  const file = fileURLToPath(new URL('../../package.json', import.meta.url));
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
