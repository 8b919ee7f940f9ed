import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openTenant, type Tenant } from './tenant.ts';

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
const ALL = ['--all', '--top', '2', '--format', 'ndjson'];

describe('what Graph and the platform may do', () => {
  let tenant: Tenant;
  let evil: Server;
  let evilUrl: string;
  const evilAsked: string[] = [];
  beforeAll(async () => {
    tenant = await openTenant();
    evil = createServer((request, response) => {
      evilAsked.push(request.url ?? '');
      response.end('{}');
    });
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    evilUrl = `http://localhost:${(evil.address() as AddressInfo).port}`;
  });
  beforeEach(() => tenant.emulator.reset());
  afterAll(async () => {
    evil.close();
    await tenant.close();
  });

  const usersAsked = () => tenant.asked(/\/v1\.0\/users$/).length;

  test.each([
    ['another host', () => `${evilUrl}/v1.0/users?x=1`],
    ['another scheme', () => `${tenant.emulator.baseUrl.replace('https', 'http')}/v1.0/users?x=1`],
  ])('a link to the next page that is %s is not followed, and the run is no success', async (_name, link) => {
    tenant.fault('users', { kind: 'next-link', url: link() });
    const { status, stdout, stderr } = await tenant.run([tenant.parameters(), ...ALL]);
    expect({ status, lines: stdout.trim().split('\n').length }).toEqual({ status: 5, lines: 2 });
    expect(stderr).toMatch(
      new RegExp(
        `^The link to the next page leads elsewhere\\. \\(graph_answer_refused, correlation id ${ID}, ${TIME}\\)\\n2 users were written, and the list is not complete\\.\\n$`,
        'm',
      ),
    );
    expect([usersAsked(), evilAsked]).toEqual([1, []]);
  });

  test.each(['self', 'endless'])('a list that links to itself (%s) ends', async (to) => {
    tenant.fault('users', { kind: 'next-link', to }, { times: 'always' });
    const { status, stderr } = await tenant.run([tenant.parameters(), ...ALL]);
    expect(status).toBe(5);
    expect(stderr).toMatch(/The list of Microsoft Graph (never ends|repeats itself)\./);
    expect(usersAsked()).toBeLessThanOrEqual(2);
  });

  test.each([302, 307])(
    'a redirect (%d) of Graph or of the token endpoint is not followed',
    async (redirect) => {
      for (const at of ['users', 'token'] as const) {
        tenant.fault(at, { kind: 'redirect', status: redirect, location: `${evilUrl}/` });
        const { status, stderr } = await tenant.run([tenant.parameters()]);
        expect(status).toBe(5);
        expect(stderr).toContain('answered with a redirect.');
      }
      expect(evilAsked).toEqual([]);
    },
  );

  test('throttling is waited out as long as it asks, and then the list is whole', async () => {
    const throttled = { kind: 'status', status: 429, headers: { 'Retry-After': '1' }, body: {} };
    tenant.fault('users', throttled);
    tenant.fault('token', { ...throttled, body: { error: 'temporarily_unavailable' } });
    const startedAtMs = performance.now();
    const { status, stderr } = await tenant.run([tenant.parameters(), '--verbose']);
    expect(status).toBe(0);
    expect(performance.now() - startedAtMs).toBeGreaterThan(2_000);
    expect(stderr).toMatch(/Waiting 1\.\d s: The identity platform is busy\./);
    expect(stderr).toMatch(/Waiting 1\.\d s: Microsoft Graph asks for patience\./);
    expect(usersAsked()).toBe(2);
  });

  test('throttling for longer than --max-wait is not waited for', async () => {
    tenant.fault('users', {
      kind: 'status',
      status: 429,
      headers: { 'Retry-After': '120' },
      body: { error: { code: 'TooManyRequests', message: '<b>Please</b>\nretry' } },
    });
    const { status, stderr } = await tenant.run([tenant.parameters(), '--max-wait', '5', '--quiet']);
    expect(status).toBe(5);
    expect(stderr).toMatch(
      new RegExp(
        `^Microsoft Graph asks for patience\\. It asks to wait 120 s, and --max-wait allows 5 s\\. Microsoft says: "<b>Please</b> retry" \\(TooManyRequests, correlation id [-0-9a-f]+, ${TIME}\\)\\n$`,
      ),
    );
    expect(usersAsked()).toBe(1);
  });

  test('a server error in passing is tried again', async () => {
    tenant.fault('users', { kind: 'status', status: 502 });
    expect((await tenant.run([tenant.parameters()])).status).toBe(0);
    expect(usersAsked()).toBe(2);
  });

  test.each(['users', 'token'] as const)('a hanging %s endpoint is given up in time', async (at) => {
    tenant.fault(at, { kind: 'hang' }, { times: 'always' });
    const { status, stderr } = await tenant.run([tenant.parameters(), '--timeout', '1']);
    expect(status).toBe(5);
    expect(stderr).toContain('did not answer in time.');
  });

  test.each([
    ['a flood', { kind: 'flood', bytes: 200 * 1024 * 1024, gzip: true }, 'too large or broken'],
    ['half an answer', { kind: 'malformed-json' }, 'did not answer with a JSON object'],
    ['rows that are none', { kind: 'rows', rows: ['x'] }, 'is no object'],
    ['too many rows', { kind: 'rows', rows: [{ id: 1 }], copies: 1_001 }, 'could not be read'],
    ['no list', { kind: 'answer', set: { value: 'x' } }, 'could not be read'],
  ])('%s is refused', async (_name, fault, sentence) => {
    tenant.fault('users', fault);
    const { status, stdout, stderr } = await tenant.run([tenant.parameters()]);
    expect({ status, stdout }).toEqual({ status: 5, stdout: '' });
    expect(stderr).toContain(sentence);
  });
});
