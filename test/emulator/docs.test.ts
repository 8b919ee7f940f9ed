import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Emulator, FaultRequest } from '../../src/emulator/index.ts';
import { openEmulator } from '../support/emulator.ts';
import { until } from '../support/until.ts';
import { authorizeUrl, CLIENT_ID, codeFields, tokensOf } from './stage.ts';
import { ask } from './visitor.ts';

const page = readFileSync('docs/emulator.md', 'utf8');
const examples = [...page.matchAll(/```json\n([^`]+)```/g)].map(([, text = '']) => text.trim());

let emulator: Emulator;
let leaving = new AbortController();
beforeAll(async () => {
  emulator = await openEmulator();
});
beforeEach(() => {
  emulator.reset();
  leaving = new AbortController();
});
afterAll(() => emulator.close());

const asked = (path: string, fields?: Record<string, string>, token?: unknown): Promise<unknown> => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const headers = token === undefined ? form : { ...form, authorization: `Bearer ${token}` };
  const options = { method: fields === undefined ? 'GET' : 'POST', headers, signal: leaving.signal };
  const body = fields === undefined ? undefined : new URLSearchParams(fields).toString();
  return ask(emulator.baseUrl + path, options, body).catch(() => 'cut');
};

/** The requests that bring a fault about, by the place that it is at. */
const REQUESTS: Readonly<Record<string, (tokens: Record<string, unknown>) => Promise<unknown>>> = {
  metadata: () => asked('/common/v2.0/.well-known/openid-configuration'),
  keys: () => asked('/common/discovery/v2.0/keys'),
  users: ({ access_token: token }) => asked('/v1.0/users', undefined, token),
  token: async ({ code, refresh_token: refreshToken }) => {
    const path = '/common/oauth2/v2.0/token';
    const refresh = {
      grant_type: 'refresh_token',
      client_id: CLIENT_ID,
      refresh_token: String(refreshToken),
    };
    await asked(path, codeFields(String(code)));
    await asked(path, refresh);
    await asked(path, refresh);
    await asked(path, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer' });
    await asked(path, { grant_type: 'password' });
  },
  authorize: () => authorized(),
};

/** Picks the account and accepts; the address of the response. */
async function authorized(): Promise<string> {
  const url = authorizeUrl(emulator)
    .slice(emulator.baseUrl.length)
    .replace('/authorize?', '/authorize/continue?');
  const seen = await asked(url, { account: 'adele.vance@contoso.example', decision: 'accept' });
  return typeof seen === 'object' && seen !== null && 'headers' in seen
    ? String((seen.headers as Record<string, string>).location)
    : '';
}

async function waitingFaults(): Promise<number> {
  return JSON.parse((await ask(`${emulator.baseUrl}/_emulator/faults`)).text).length;
}

describe('docs/emulator.md', () => {
  test.each(examples)('%s is taken as it stands, and does something', async (example) => {
    const tokens = await tokensOf(emulator);
    const code = new URL(await authorized()).searchParams.get('code');
    const url = `${emulator.baseUrl}/_emulator/faults`;
    expect((await ask(url, { method: 'POST' }, example)).status).toBe(204);
    await ask(url, { method: 'DELETE' });
    const once: FaultRequest = { ...JSON.parse(example), times: 1 };
    expect((await ask(url, { method: 'POST' }, JSON.stringify(once))).status).toBe(204);
    const request = REQUESTS[once.at]?.({ ...tokens, code });
    expect(request).toBeDefined();
    await until(async () => (await waitingFaults()) === 0);
    leaving.abort();
    await request;
  });

  test('has an example of every kind of fault', async () => {
    const sources = ['http', 'aadsts', 'token', 'authorize', 'graph'].map((name) =>
      readFileSync(`src/emulator/faults/${name}-faults.ts`, 'utf8'),
    );
    const kinds = [...sources.join('').matchAll(/faultKind\(\s*'([\w-]+)'/g)].map(([, kind]) => kind);
    const shown = examples.map((example) => JSON.parse(example).fault.kind);
    expect(kinds.length).toBeGreaterThan(15);
    const lacking = [...new Set(kinds)].filter((kind) => !shown.includes(kind));
    expect(lacking.map((kind) => `docs/emulator.md lacks an example of ${kind}`)).toEqual([]);
    expect(shown.filter((kind) => !kinds.includes(kind))).toEqual([]);
  });

  test('names every account', () => {
    for (const { username, kind } of emulator.accounts)
      expect(page).toContain(`| \`${username}\` | ${kind} |`);
  });
});

describe('docs/wire-reference.md', () => {
  test('has every section that is cited', () => {
    const sections = [
      ...readFileSync('docs/wire-reference.md', 'utf8').matchAll(/^#{2,3} ([A-K]\d?)\b/gm),
    ].map(([, section]) => section);
    const cited = ['src/emulator', 'test/emulator'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .flatMap((name) => [
          ...readFileSync(join(folder, name), 'utf8').matchAll(/wire reference ([A-K]\d?)\b/g),
        ])
        .map(([, section]) => section),
    );
    expect(cited.length).toBeGreaterThan(100);
    expect([...new Set(cited)].filter((section) => !sections.includes(section))).toEqual([]);
  });
});
