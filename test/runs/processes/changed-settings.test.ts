import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator.ts';
import { type MadeCertificate, makeCertificate } from '../../daemon/certificates.ts';
import { type AppProcess, createAppProcess } from '../../support/app-process.ts';
import { type Browser, createBrowser, type Page } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { type Program, startProgram } from '../../support/program.ts';
import { ADELE, callbackOf, knownBrowser, NIA, type Place, signedIn } from '../../threats/support/outcome.ts';

const SAM = 'sam.rivera@mailbox.example';
const PRIYA = 'priya.raman@fabrikam.example';
const CONTOSO = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
const FABRIKAM = 'b2d1c6f3-8e45-4a7b-8c9f-1d3e5f7a9b21';
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad';
const OTHER_CLIENT = '33333333-3333-4333-8333-333333333333';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'changed-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a browser with a session of before the restart gets, and whether its cookie is taken back. */
interface Seen {
  status: number;
  signedIn: boolean;
  hasCookie: boolean;
  /** Where the list of people sends it. */
  leadsTo: string | undefined;
}

const OUT: Seen = { status: 200, signedIn: false, hasCookie: false, leadsTo: '/login?returnTo=%2Fgraphcall' };
const IN: Seen = { status: 200, signedIn: true, hasCookie: true, leadsTo: undefined };

async function look(browser: Browser, url: string, username: string): Promise<Seen> {
  const home = await browser.visit(`${url}/`, { redirects: 0 });
  const people = await browser.visit(`${url}/graphcall`, { redirects: 0 });
  return {
    status: home.status,
    signedIn: home.text.includes(username),
    hasCookie: /(^|; )session=/.test(browser.cookieHeader(url)),
    leadsTo: people.headers.location,
  };
}

describe('a tenant, after a restart with other settings', () => {
  let tls: MadeCertificate;
  let emulator: Emulator;
  let app: AppProcess;
  let place: Place;

  beforeAll(async () => {
    tls = makeCertificate(folder, 'localhost');
    emulator = await startEmulator({ port: 0, tls: { cert: tls.certificate, key: tls.privateKey } });
  });
  beforeEach(async () => {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    app = createAppProcess({
      port,
      folder,
      emulator,
      certificateFile: tls.certificateFile,
      environment: { BASE_URL: url, DATA_DIR: join(folder, `data-${port}`) },
    });
    place = { url, emulator };
    await app.start();
  });
  afterEach(() => app.stop('SIGKILL'));
  afterAll(() => emulator.close());

  async function restart(changes: Record<string, string>): Promise<void> {
    await app.stop('SIGTERM');
    await app.start(changes);
  }

  const callsOfGraph = () => emulator.ledger().filter(({ path }) => path.startsWith('/v1.0/')).length;

  test.each([
    ['another CLIENT_ID', ADELE, () => ({ CLIENT_ID: OTHER_CLIENT })],
    ['another BASE_URL', ADELE, () => ({ BASE_URL: app.url })],
    [
      'a SESSION_SECRET of its own',
      ADELE,
      () => ({ SESSION_SECRET: 'another-secret-of-the-tests-9876543210' }),
    ],
    ['other ALLOWED_TENANTS', ADELE, () => ({ ALLOWED_TENANTS: `${FABRIKAM},${PERSONAL}` })],
    ['ALLOWED_TENANTS without personal accounts', SAM, () => ({ ALLOWED_TENANTS: CONTOSO })],
    ['the AUTHORITY of another tenant', ADELE, () => ({ AUTHORITY: `${emulator.baseUrl}/${FABRIKAM}` })],
    ['the AUTHORITY of one tenant', PRIYA, () => ({ AUTHORITY: `${emulator.baseUrl}/${CONTOSO}` })],
    [
      'the AUTHORITY of a tenant by name',
      PRIYA,
      () => ({ AUTHORITY: `${emulator.baseUrl}/contoso.example` }),
    ],
    ['the AUTHORITY for organisations', SAM, () => ({ AUTHORITY: `${emulator.baseUrl}/organizations` })],
    ['the AUTHORITY for personal accounts', ADELE, () => ({ AUTHORITY: `${emulator.baseUrl}/consumers` })],
    [
      'the AUTHORITY of another host',
      ADELE,
      () => ({ AUTHORITY: `${emulator.baseUrl.replace('localhost', '127.0.0.1')}/common` }),
    ],
  ])('D27 %s signs out whoever no longer fits, without an error', async (name, username, changes) => {
    const browser = await signedIn(place, username);
    expect((await look(browser, place.url, username)).signedIn).toBe(true);
    const before = callsOfGraph();
    await restart(changes());
    const isTakenBack = /TENANTS|of (one|another) tenant|for /.test(name); // our signature is on it still
    expect(await look(browser, place.url, username)).toEqual({ ...OUT, hasCookie: !isTakenBack });
    expect(callsOfGraph()).toBe(before);
  });

  test.each([
    ['the same settings', ADELE, () => ({})],
    [
      'their tenant among those of ALLOWED_TENANTS',
      ADELE,
      () => ({ ALLOWED_TENANTS: `${PERSONAL},${CONTOSO}` }),
    ],
    ['the AUTHORITY of their tenant', ADELE, () => ({ AUTHORITY: `${emulator.baseUrl}/${CONTOSO}` })],
    ['the AUTHORITY for organisations', NIA, () => ({ AUTHORITY: `${emulator.baseUrl}/organizations` })],
    ['the AUTHORITY for personal accounts', SAM, () => ({ AUTHORITY: `${emulator.baseUrl}/consumers` })],
    [
      'a newer SESSION_SECRET in front',
      ADELE,
      () => ({
        SESSION_SECRET: 'a-newer-secret-of-the-tests-0123456789,a-session-secret-of-the-tests-0123456789',
      }),
    ],
  ])('D27 %s: who fits stays signed in', async (_name, username, changes) => {
    const browser = await signedIn(place, username);
    await restart(changes());
    const seen = await look(browser, place.url, username);
    expect({ ...seen, leadsTo: undefined }).toEqual(IN);
  });

  test('D27 two processes whose ALLOWED_TENANTS stand in another order take each other’s sessions', async () => {
    await restart({ ALLOWED_TENANTS: `${CONTOSO},${FABRIKAM}` });
    const browser = await signedIn(place);
    await restart({ ALLOWED_TENANTS: `${FABRIKAM.toUpperCase()}, ${CONTOSO}` });
    expect(await look(browser, place.url, ADELE)).toEqual(IN);
  });

  test('D27 whoever comes back to another app than they left from is nobody, and no code is redeemed', async () => {
    const browser = await knownBrowser(place);
    const callback = await callbackOf(browser, place);
    await restart({ CLIENT_ID: OTHER_CLIENT });
    const before = emulator.ledger().length;
    const page = await browser.visit(callback, { redirects: 0 });
    expect([page.status, (await look(browser, place.url, ADELE)).signedIn]).toEqual([400, false]);
    const redeemed = emulator
      .ledger()
      .slice(before)
      .filter(({ path }) => path.endsWith('/token'));
    expect(redeemed).toEqual([]);
  });

  test('D27 who was signed out by a change signs in again at once', async () => {
    const browser = await signedIn(place);
    await restart({ CLIENT_ID: OTHER_CLIENT });
    const consent = await browser.copy().visit(`${place.url}/login`);
    await browser.pressUntilSentAway(consent, ['accept']);
    const page = await browser.visit(await callbackOf(browser, place), { redirects: 0 });
    const lines = (page.headers['set-cookie'] ?? []).filter((line) => line.startsWith('session='));
    expect(lines).toHaveLength(1);
    expect(await look(browser, place.url, ADELE)).toEqual(IN);
  });
});

describe('from the local emulator to a tenant', () => {
  const running: Program[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((program) => program.stop('SIGKILL')));
  });

  async function start(environment: Record<string, string>): Promise<Program> {
    const program = startProgram('web', [], { folder, environment });
    running.push(program);
    await program.says(/web app is at/);
    return program;
  }

  test('D27 nobody whom the emulator let in without a password is anybody in the tenant', async () => {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const settings = {
      PORT: String(port),
      EMULATOR_PORT: String(await freePort()),
      DATA_DIR: join(folder, 'from-emulator'),
      SESSION_SECRET: 'a-session-secret-of-the-tests-0123456789',
    };
    const emulator = await start(settings);
    const browser = createBrowser();
    const picker = await browser.visit(`${url}/login`);
    const consent: Page = await browser.press(picker, 'adele.vance', 'work');
    await browser.press(consent, 'accept');
    expect((await look(browser, url, ADELE)).signedIn).toBe(true);
    expect(await emulator.stop('SIGTERM')).toBe(0);
    await start({
      ...settings,
      CLIENT_ID: '11111111-1111-4111-8111-111111111111',
      CLIENT_SECRET: 'a-client-secret-of-the-tests-0123456789',
    });
    expect(await look(browser, url, ADELE)).toEqual({ ...OUT, hasCookie: true });
  });
});
