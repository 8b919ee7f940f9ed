import { readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '../support/until.ts';
import { openTenant, type Run, type Tenant } from './tenant.ts';

const ALL = ['--all', '--top', '10', '--format', 'ndjson'];
const OUTPUT = [...ALL, '--output', 'users.ndjson'];
const RESUMABLE = [...OUTPUT, '--resume'];
const PARTIAL = 'users.ndjson.partial';
const BOOKMARK = `${PARTIAL}.json`;
const HOUR_MS = 60 * 60_000;

/** How services of Graph say that they have forgotten a link, or that it was never one of theirs. */
const FORGOTTEN: [status: number, code: string, message: string][] = [
  [400, 'Directory_ExpiredPageToken', 'The specified page token value has expired.'],
  [400, 'Request_BadRequest', 'Invalid value for $skiptoken.'],
  [400, 'Request_UnsupportedQuery', 'No paging is possible with this query.'],
  [400, '', 'Invalid Skip Token'],
  [404, 'Request_ResourceNotFound', 'Resource does not exist.'],
  [410, 'resyncRequired', 'Resync required.'],
];

let tenant: Tenant;
let whole: string;
/** What an interrupted run leaves, by name. */
let left: [name: string, text: string][];
beforeAll(async () => {
  tenant = await openTenant({ users: 20 });
  whole = (await tenant.run([tenant.parameters(), ...ALL])).stdout;
  await interrupt();
  left = [PARTIAL, BOOKMARK].map((name) => [name, readFileSync(path(name), 'utf8')]);
});
beforeEach(() => {
  tenant.emulator.reset();
  for (const name of files()) rmSync(path(name), { recursive: true });
});
afterAll(() => tenant.close());

const path = (name: string) => join(tenant.folder, name);
const files = () => readdirSync(tenant.folder).filter((name) => name.startsWith('users'));
const asked = () => tenant.asked(/\/v1\.0\/users$/).length;
const forget = (times: number | 'always', [status, code, message] = FORGOTTEN[0] ?? [400, '', '']) =>
  tenant.fault('users', { kind: 'status', status, body: { error: { code, message } } }, { times });
/** A run whose second page is answered as these faults say. */
const runInto = async (daemonArguments: string[], faultSecondPage: () => void): Promise<Run> => {
  tenant.fault('users', { kind: 'delay', ms: 3_000 });
  const before = asked();
  const program = tenant.start([tenant.parameters(), ...daemonArguments]);
  await until(() => asked() > before);
  faultSecondPage();
  return { status: await program.exited, ...program.output };
};
/** Leaves ten users and a bookmark. */
const interrupt = async () => {
  const { status } = await runInto(RESUMABLE, () => tenant.fault('users', { kind: 'status', status: 501 }));
  expect([status, files()]).toEqual([5, [PARTIAL, BOOKMARK]]);
};
const leave = () => {
  for (const [name, text] of left) writeFileSync(path(name), text);
};
const resume = () => tenant.run([tenant.parameters(), ...RESUMABLE]);
const expectWhole = ({ status, stdout }: Run) => {
  expect({ status, stdout, files: files() }).toEqual({ status: 0, stdout: '', files: ['users.ndjson'] });
  expect(readFileSync(path('users.ndjson'), 'utf8')).toBe(whole);
};
const bookmark = (change: Record<string, unknown>) => {
  const before = JSON.parse(readFileSync(path(BOOKMARK), 'utf8')) as object;
  writeFileSync(path(BOOKMARK), JSON.stringify({ ...before, ...change }));
};

describe('a bookmark', () => {
  test('has a time, and is gone on with', async () => {
    await interrupt();
    const before = asked();
    const run = await resume();
    expectWhole(run);
    expect(run.stderr).toMatch(
      /^Going on after 10 users\. They were read until \d{4}-\d\d-\d\dT[\d:.]+Z\.$/m,
    );
    expect(asked() - before).toBe(2);
  });

  test.each(FORGOTTEN)('that Graph answers with %d %s leads to a new start', async (...answer) => {
    leave();
    forget(1, answer);
    const run = await resume();
    expectWhole(run);
    expect(run.stderr).toMatch(
      /^Microsoft Graph no longer knows the next page of the list\. Starting again from the beginning\.$/m,
    );
  });

  test.each<[string, () => void, string]>([
    ['empty, as after a power cut', () => truncateSync(path(BOOKMARK)), 'is damaged'],
    ['no JSON', () => writeFileSync(path(BOOKMARK), '{"fingerprint":'), 'is damaged'],
    ['no bookmark', () => writeFileSync(path(BOOKMARK), '[1]'), 'is damaged'],
    ['without its time', () => bookmark({ savedAt: undefined }), 'is damaged'],
    ['of a negative length', () => bookmark({ bytes: -1 }), 'is damaged'],
    ['of a later version', () => bookmark({ version: 2 }), 'is of another version of this program'],
    ['two days old', () => bookmark({ savedAt: hence(-48) }), 'is not of the last 24 hours'],
    ['of the day after tomorrow', () => bookmark({ savedAt: hence(48) }), 'is not of the last 24 hours'],
    [
      'old and of another query',
      () => bookmark({ savedAt: hence(-48), fingerprint: 'x' }),
      'is not of the last',
    ],
    ['longer than its file', () => truncateSync(path(PARTIAL), 5), 'promises more than there is'],
    ['without its file', () => rmSync(path(PARTIAL)), 'has no file of its own'],
    ['on another host', () => bookmark({ nextPath: '@evil.example/v1.0/users?x=1' }), 'does not lead on'],
    ['on another path', () => bookmark({ nextPath: '/v1.0/me' }), 'does not lead on'],
    ['without the next page', () => bookmark({ nextPath: undefined }), 'does not lead on'],
  ])('that is %s leads to a new start', async (_name, spoil, reason) => {
    leave();
    spoil();
    const run = await resume();
    expectWhole(run);
    expect(run.stderr).toMatch(
      new RegExp(`^The bookmark of \\S*${PARTIAL} ${reason}.*: starting again from the beginning\\.$`, 'm'),
    );
  });

  test('a link that may not be followed is no end of the list for the next run', async () => {
    tenant.fault('users', { kind: 'next-link', url: 'https://evil.example/' });
    expect((await resume()).status).toBe(5);
    expectWhole(await resume());
  });

  test('an unfinished file that became a link to another one is left alone', async () => {
    leave();
    writeFileSync(path('users.precious'), 'x'.repeat(10_000));
    rmSync(path(PARTIAL));
    symlinkSync(path('users.precious'), path(PARTIAL));
    expect((await resume()).status).toBe(0);
    expect(readFileSync(path('users.precious'), 'utf8')).toBe('x'.repeat(10_000));
    expect(readFileSync(path('users.ndjson'), 'utf8')).toBe(whole);
  });
});

describe('a link that expires while the list is read', () => {
  test.each([
    ['with --resume', RESUMABLE],
    ['with --output', OUTPUT],
  ])('%s: the run starts again by itself', async (_name, daemonArguments) => {
    const run = await runInto(daemonArguments, () => forget(1));
    expectWhole(run);
    expect(run.stderr).toContain(
      'no longer knows the next page of the list. Starting again from the beginning.',
    );
    expect(asked()).toBe(5);
  });

  test('starts again once, and the run after it too', async () => {
    const run = await runInto(RESUMABLE, () => {
      forget(1);
      tenant.fault('users', { kind: 'delay', ms: 3_000 });
      void until(() => asked() === 3).then(() => forget(1));
    });
    expect(run.status).toBe(5);
    expect(run.stderr).toMatch(
      /Starting again from the beginning\.\nMicrosoft Graph no longer knows the next page of the list\. Microsoft says: "[^\n]+" \(Directory_ExpiredPageToken, /,
    );
    forget(1);
    expectWhole(await resume());
  });

  test('on standard output nothing can be taken back: the run is no success', async () => {
    const { status, stdout, stderr } = await runInto(ALL, () => forget(1));
    expect({ status, lines: stdout.trim().split('\n').length }).toEqual({ status: 5, lines: 10 });
    expect(stderr).toContain(
      'Microsoft Graph no longer knows the next page of the list. Microsoft says: "The specified',
    );
    expect(stderr).toContain('10 users were written, and the list is not complete.');
  });

  test('a query that Graph refuses from the start is no expired link', async () => {
    forget(1);
    const { status, stderr } = await tenant.run([tenant.parameters(), ...RESUMABLE]);
    expect(status).toBe(5);
    expect(stderr).not.toContain('again');
    expect(asked()).toBe(1);
  });
});

function hence(hours: number): string {
  return new Date(Date.now() + hours * HOUR_MS).toISOString();
}
