import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { UpstreamError } from '../../src/errors.ts';
import { builtProgram, startOnTerminal } from '../support/terminal.ts';
import { openTenant, SECRET, type Tenant } from './tenant.ts';

const TOKEN = `eyJhbGciOiJSUzI1NiJ9.${'x'.repeat(30)}.${'y'.repeat(30)}`;

let tenant: Tenant;
beforeAll(async () => {
  tenant = await openTenant();
});
beforeEach(() => tenant.emulator.reset());
afterAll(() => tenant.close());

const run = (...flags: string[]) => tenant.run([tenant.parameters(), '--quiet', ...flags]);
const graphSays = (status: number, code: string, message: unknown) =>
  tenant.fault('users', { kind: 'status', status, body: { error: { code, message } } }, { times: 'always' });
const platformSays = (description: unknown) =>
  tenant.fault('token', {
    kind: 'status',
    status: 400,
    body: { error: 'invalid_client', error_codes: [7000215], error_description: description },
  });

describe('Microsoft’s own words stand on the console', () => {
  test.each([
    [400, 'Request_BadRequest', 'look at the endpoint, --select, --search and --filter.', 5],
    [403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', 4],
    [404, 'Request_ResourceNotFound', 'knows nothing at this endpoint.', 5],
    [401, 'InvalidAuthenticationToken', 'The access token was refused.', 3],
    [429, 'TooManyRequests', 'asks for patience.', 5],
    [500, 'InternalServerError', 'Microsoft Graph failed.', 5],
  ])('Graph’s, of a %d %s', async (answer, code, sentence, exitStatus) => {
    graphSays(answer, code, 'Invalid filter clause:\n\t"x" is no property of User.');
    const { status, stderr } = await run('--max-wait', '0');
    expect(status).toBe(exitStatus);
    expect(stderr.split('\n')[0]).toContain(
      `${sentence} Microsoft says: "Invalid filter clause: "x" is no property of User." (${code}, `,
    );
  });

  test('the emulator’s, as it comes', async () => {
    const { stderr } = await run('--filter', 'nonsense');
    expect(stderr).toMatch(/look at the endpoint.* Microsoft says: "[^"]+.*" \(/);
  });

  test('the token endpoint’s, without what the line says anyway', async () => {
    const { status, stderr } = await tenant.run([tenant.parameters({ secret: 'wrong' }), '--quiet']);
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /The secret is wrong: .* Microsoft says: "AADSTS7000215: Invalid client secret provided\.[^"]*" \(AADSTS7000215, correlation id /,
    );
    expect(stderr).not.toMatch(/Trace ID|Timestamp|Description/);
  });

  test('discovery’s, of a tenant that nobody has', async () => {
    const authority = `${tenant.emulator.baseUrl}/99999999-9999-4999-8999-999999999999`;
    const { stderr } = await tenant.run([tenant.parameters({ authority }), '--quiet']);
    expect(stderr).toMatch(
      /look at the authority\. Microsoft says: "AADSTS90002: Tenant '[^"]+" \(AADSTS90002, /,
    );
  });

  test('those of a busy platform', async () => {
    const body = { error: 'temporarily_unavailable', error_description: 'AADSTS90006: Come back later.' };
    tenant.fault('token', { kind: 'status', status: 503, body }, { times: 'always' });
    expect((await run('--max-wait', '0')).stderr).toContain(
      'Microsoft says: "AADSTS90006: Come back later." (',
    );
  });

  test.each([undefined, '', ' ', 7, ['x']])('none, where the message is %j', async (message) => {
    graphSays(400, 'Request_BadRequest', message);
    expect((await run()).stderr).toMatch(/--filter\. \(Request_BadRequest, /);
  });
});

describe('they hold no more than they should', () => {
  const ODD_SECRET = 'a secret/with+odd=characters~&%';

  test.each([
    ['the secret', SECRET, undefined],
    ['an odd secret', ODD_SECRET, { secret: ODD_SECRET }],
    ['an odd secret, encoded', encodeURIComponent(ODD_SECRET), { secret: ODD_SECRET }],
    ['a token', TOKEN, undefined],
    ['a token of another kind', 'Bearer EwB4A8l6BAAU', undefined],
    ['half a token', 'x'.repeat(100), undefined],
  ])('%s that is repeated is left out', async (_name, repeated, changes) => {
    platformSays(`AADSTS7000215: You sent "${repeated}" to us. Trace ID: ${repeated}`);
    graphSays(400, 'Request_BadRequest', `You sent "${repeated}" to us.`);
    const file = tenant.parameters(changes ?? {});
    const runs = changes === undefined ? 2 : 1; // the platform's words, then Graph's where its secret is right
    for (let at = 0; at < runs; at += 1) {
      const { stderr } = await tenant.run([file]);
      expect(stderr).toMatch(/You sent "(Bearer )?…" to us\./);
      expect(stderr).not.toContain(repeated);
    }
  });

  test('a secret from the environment is left out too', async () => {
    platformSays(`AADSTS7000215: You sent ${SECRET}.`);
    const file = tenant.parameters({ secret: undefined });
    const { stderr } = await tenant.run([file], { CLIENT_SECRET: SECRET });
    expect(stderr).toContain('You sent ….');
  });

  test('a long text is cut', async () => {
    graphSays(400, 'Request_BadRequest', 'no '.repeat(5_000));
    const { stderr } = await run();
    expect(stderr).toMatch(/(no ){100,}/);
    expect(stderr.length).toBeLessThan(800);
  });

  test('a terminal is given no command', async () => {
    graphSays(400, 'Request_BadRequest', 'Look\u001b]0;owned\u0007\u001b[2J\u009b2J\u202ehere\r\u0000.');
    const terminal = startOnTerminal(`${builtProgram('daemon')} ${tenant.parameters()} --quiet`, {
      folder: tenant.folder,
      environment: { NODE_EXTRA_CA_CERTS: tenant.tls.certificateFile },
    });
    await terminal.exited;
    expect(terminal.shown()).toMatch(
      /says: "Look\ufffd\]0;owned\ufffd\ufffd\[2J\ufffd2J\ufffdhere \ufffd\."/,
    );
    expect(terminal.shown()).not.toMatch(/(?![\r\n])[\p{Cc}\p{Bidi_Control}]/u);
  });

  test('what logs an error does not find them', () => {
    const error = new UpstreamError('graph_forbidden', 403, 'No.', { upstreamText: 'own words' });
    expect(error.upstreamText).toBe('own words');
    expect([JSON.stringify({ ...error }), inspect(error, { showHidden: true })].join()).not.toContain(
      'own words',
    );
  });
});
