import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Client } from './clients.ts';

/** What a sample says of itself in its client.json; `drivers/node/sample.mjs` reads the rest. */
const Sample = z.object({
  name: z.string(),
  version: z.string(),
  redirectUri: z.url(),
  /** What the page shows to somebody who is signed in. */
  shows: z.string(),
});

/** The samples in a folder, such as Microsoft's quickstarts: each is a folder with a client.json, and installed. */
export function samplesIn(folder: string | undefined): Client[] {
  if (folder === undefined) return [];
  return readdirSync(folder)
    .map((name) => resolve(folder, name))
    .filter((sample) => existsSync(join(sample, 'client.json')))
    .map((sample) => {
      const { name, version, redirectUri, shows } = Sample.parse(
        JSON.parse(readFileSync(join(sample, 'client.json'), 'utf8')),
      );
      const own = { name, packageName: name, good: shows, sample: { folder: sample, version, redirectUri } };
      return { ...own, language: 'Node', driver: 'sample', parts: ['sign-in'] };
    });
}
