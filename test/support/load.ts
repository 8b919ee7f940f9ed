import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Load, LoadReport } from './open-loop.ts';
import { type Person, signInAs } from './sign-ins.ts';

const PROGRAM = fileURLToPath(new URL('open-loop.ts', import.meta.url));

/** Sends requests from a process of their own. @throws Error where it could not keep the pace, so that nothing was measured */
export async function sendLoad(load: Load): Promise<LoadReport> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(load));
  return JSON.parse(await text(child.stdout));
}

/** The time within which this share of them was through. */
export function within(times: readonly number[], share: number): number {
  return times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? Number.NaN;
}

/** Two home pages and four pages of people for each who is signed in, the home page of a visitor, and the beginnings of two sign-ins. */
export async function usualRequests(url: string, people: readonly Person[]): Promise<Load['requests']> {
  const requests = await Promise.all(
    people.map(async (person) => {
      const { browser } = await signInAs(person, url);
      const cookies = browser.cookieHeader(url);
      const own = (path: string) => ({ url: `${url}${path}`, cookies });
      const [home, list, login] = [own('/'), own('/graphcall?top=100'), { url: `${url}/login` }];
      return [home, list, login, list, home, list, { url: `${url}/` }, list, home, login];
    }),
  );
  return requests.flat();
}
