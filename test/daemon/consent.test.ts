import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { JWT } from '../support/jwt.ts';
import type { Program } from '../support/program.ts';
import { ADMINISTRATOR, openTenant, type Tenant } from './tenant.ts';

const REGISTRATION = { adminConsented: false, redirectUris: ['http://localhost'] };
const CACHE_SECRET = 'a-secret-of-thirty-two-characters-or-more';

/** A page as a browser would see it that came to this machine's own listener. */
function look(url: string, host?: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get(url, host === undefined ? {} : { headers: { host } }, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    }).once('error', reject);
  });
}

describe('--wait-for-consent', () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await openTenant({ registration: REGISTRATION });
  });
  beforeEach(() => tenant.emulator.reset());
  afterAll(() => tenant.close());

  const waiting = async (): Promise<{ program: Program; url: URL }> => {
    const program = tenant.start([tenant.parameters(), '--wait-for-consent', '--format', 'ndjson']);
    await program.says(/adminconsent\?/);
    const [link = ''] = /https:\S+adminconsent\S+/.exec(program.output.stderr) ?? [];
    return { program, url: new URL(link) };
  };
  const answerAt = ({ searchParams }: URL, answer: Record<string, string>) =>
    `${searchParams.get('redirect_uri')}/?${new URLSearchParams(answer)}`;

  test('goes on when an administrator has consented', async () => {
    const { program, url } = await waiting();
    const { location } = await tenant.visit(url.href, `account=${ADMINISTRATOR}&decision=accept`);
    expect((await look(location)).body).toContain('Thank you: consent was given.');
    expect(await program.exited).toBe(0);
    expect(program.output.stdout.trim().split('\n')).toHaveLength(5);
    expect(tenant.asked(/token$/)).toHaveLength(2);
  });

  test('ends with 4 when the administrator declines, although the answer says admin_consent=True', async () => {
    const { program, url } = await waiting();
    const state = url.searchParams.get('state') ?? '';
    const answer = {
      admin_consent: 'True',
      error: 'access_denied',
      error_description: 'AADSTS65004: User declined <script>alert(1)</script>',
      state,
    };
    expect((await look(answerAt(url, answer))).body).toContain('Consent was not given.');
    expect(await program.exited).toBe(4);
    expect(program.output.stderr).toMatch(/^The administrator did not consent\. \(AADSTS65004, /m);
    expect(program.output.stderr).not.toContain('script');
  });

  test('is not impressed by answers of others', async () => {
    const { program, url } = await waiting();
    const state = url.searchParams.get('state') ?? '';
    const foreign = [
      answerAt(url, { admin_consent: 'True' }),
      answerAt(url, { admin_consent: 'True', state: 'x' }),
      answerAt(url, { error: 'access_denied', state: '' }),
      `${answerAt(url, { admin_consent: 'True', state })}&state=x`,
      `${url.searchParams.get('redirect_uri')}/other?admin_consent=True&state=${state}`,
    ];
    for (const address of foreign) expect((await look(address)).status).toBe(400);
    const rebound = answerAt(url, { admin_consent: 'True', state });
    expect((await look(rebound, 'evil.example')).status).toBe(400);
    program.process.kill('SIGINT');
    expect(await program.exited).toBe(130);
    expect(program.output.stderr).toContain('Interrupted: nothing was written.');
  });

  test('the state is another one each time, and long', async () => {
    const states = [];
    for (let run = 0; run < 2; run += 1) {
      const { program, url } = await waiting();
      states.push(url.searchParams.get('state'));
      await program.stop();
    }
    expect(new Set(states).size).toBe(2);
    expect(states[0]).toMatch(/^[\w-]{32}$/);
  });
});

describe('--token-cache', () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await openTenant({ registration: REGISTRATION });
  });
  beforeEach(() => {
    tenant.emulator.reset();
    rmSync(join(tenant.folder, 'token.cache'), { force: true });
  });
  afterAll(() => tenant.close());

  const run = (environment: Record<string, string> = { TOKEN_CACHE_SECRET: CACHE_SECRET }) =>
    tenant.run([tenant.parameters(), '--token-cache', 'token.cache'], environment);
  const tokens = () => tenant.asked(/token$/).length;
  const consent = () =>
    tenant.visit(
      `${tenant.emulator.baseUrl}/organizations/adminconsent?client_id=33333333-3333-4333-8333-333333333333`,
      `account=${ADMINISTRATOR}&decision=accept`,
    );

  test('is sealed and only its owner’s; a consent since then leads to a new token; the next run asks for none', async () => {
    expect((await run()).status).toBe(4);
    const file = join(tenant.folder, 'token.cache');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'latin1')).not.toMatch(JWT);
    expect(readFileSync(file, 'latin1')).not.toMatch(/AccessToken|secret/);
    await consent();
    expect((await run()).status).toBe(0);
    expect(tokens()).toBe(2);
    const { status, stderr } = await run();
    expect({ status, stderr, tokens: tokens() }).toEqual({ status: 0, stderr: '', tokens: 2 });
  });

  test('whatever is not its own counts as none', async () => {
    await consent();
    writeFileSync(join(tenant.folder, 'token.cache'), 'junk');
    expect((await run()).status).toBe(0);
    expect((await run({ TOKEN_CACHE_SECRET: `another-${CACHE_SECRET}` })).status).toBe(0);
    expect(tokens()).toBe(2);
  });

  test('needs a secret that is long enough', async () => {
    for (const environment of [{}, { TOKEN_CACHE_SECRET: 'short' }]) {
      const { status, stderr } = await run(environment);
      expect(status).toBe(2);
      expect(stderr).toContain('TOKEN_CACHE_SECRET: 32 random characters or more');
      expect(stderr).not.toContain('short');
    }
  });
});
