import { describe, expect, test } from '@jest/globals';
import { readParameters, unknownMembers } from '../../src/daemon/parameters/parameters.ts';
import { parseParametersText } from '../../src/daemon/parameters/parameters-text.ts';
import { ConfigurationError } from '../../src/errors.ts';

const GIVEN = { folder: '/etc/daemon', sha1: false };
const SAMPLE = {
  authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
  client_id: '33333333-3333-4333-8333-333333333333',
  scope: ['https://graph.microsoft.com/.default'],
  secret: 'the value',
  endpoint: 'https://graph.microsoft.com/v1.0/users',
};

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

const problems = (changes: Record<string, unknown>, given = {}) =>
  problemsOf(() => readParameters({ ...SAMPLE, ...changes }, { ...GIVEN, ...given }));

describe('readParameters', () => {
  test('takes the quickstart’s file', () => {
    expect(readParameters(SAMPLE, GIVEN)).toEqual({
      authority: SAMPLE.authority,
      clientId: SAMPLE.client_id,
      scope: 'https://graph.microsoft.com/.default',
      endpoint: { origin: 'https://graph.microsoft.com', path: '/v1.0/users' },
      credential: { kind: 'secret', secret: 'the value', isInFile: true },
    });
  });

  test('knows what a shorter file means, in each cloud', () => {
    const { scope: _scope, endpoint: _endpoint, ...short } = SAMPLE;
    expect(readParameters(short, GIVEN)).toEqual(readParameters(SAMPLE, GIVEN));
    const usGov = { ...short, authority: 'https://login.microsoftonline.us/contoso.example' };
    const dod = { ...usGov, scope: 'https://dod-graph.microsoft.us/.default' };
    expect(readParameters(dod, GIVEN).endpoint.origin).toBe('https://dod-graph.microsoft.us');
    const endpoint = 'https://dod-graph.microsoft.us/v1.0/users';
    expect(readParameters({ ...usGov, endpoint }, GIVEN).scope).toBe(
      'https://dod-graph.microsoft.us/.default',
    );
  });

  test.each([
    ['https://login.microsoftonline.com/TENANT.example/', 'https://login.microsoftonline.com/TENANT.example'],
    ['https://login.microsoftonline.com/t.example/v2.0', 'https://login.microsoftonline.com/t.example'],
    ['https://contoso.ciamlogin.com/', 'https://contoso.ciamlogin.com'],
    ['https://login.windows.net/t.example', 'https://login.microsoftonline.com/t.example'],
    ['https://sts.windows.net/t.example/', 'https://login.microsoftonline.com/t.example'],
  ])('reads the authority %s', (authority, read) => {
    expect(readParameters({ ...SAMPLE, authority }, GIVEN).authority).toBe(read);
  });

  test.each([
    ['login.microsoftonline.us', 'https://graph.microsoft.us'],
    ['login.usgovcloudapi.net', 'https://graph.microsoft.us'],
    ['login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn'],
    ['login.chinacloudapi.cn', 'https://microsoftgraph.chinacloudapi.cn'],
    ['login.microsoft.com', 'https://graph.microsoft.com'],
  ])('scope and endpoint follow the authority %s', (host, graph) => {
    const { scope: _scope, endpoint: _endpoint, ...short } = SAMPLE;
    const read = readParameters({ ...short, authority: `https://${host}/contoso.example` }, GIVEN);
    expect([read.scope, read.endpoint]).toEqual([
      `${graph}/.default`,
      { origin: graph, path: '/v1.0/users' },
    ]);
  });

  test('the newest clouds have to be told where Graph is, and the scope follows', () => {
    const { scope: _scope, endpoint: _endpoint, ...short } = SAMPLE;
    const sovereign = { ...short, authority: 'https://login.sovcloud-identity.fr/contoso.example' };
    expect(problemsOf(() => readParameters(sovereign, GIVEN))).toEqual([
      expect.stringMatching(/^endpoint must be set for this cloud/),
    ]);
    const endpoint = 'https://graph.sovcloud.example/v1.0/users';
    expect(readParameters({ ...sovereign, endpoint }, GIVEN)).toMatchObject({
      scope: 'https://graph.sovcloud.example/.default',
      endpoint: { origin: 'https://graph.sovcloud.example', path: '/v1.0/users' },
    });
    expect(problemsOf(() => readParameters({ ...SAMPLE, authority: sovereign.authority }, GIVEN))).toEqual([
      expect.stringMatching(/^scope must be of the same cloud as authority/),
      expect.stringMatching(/^endpoint must be of the same cloud as scope and authority/),
    ]);
  });

  test.each([
    ['another authority', { authority: 'https://login.microsoftonline.us/t.example' }, ['scope', 'endpoint']],
    ['another scope', { scope: 'https://graph.microsoft.us/.default' }, ['scope', 'endpoint']],
    ['another endpoint', { endpoint: 'https://dod-graph.microsoft.us/v1.0/users' }, ['endpoint']],
    [
      'two Graphs of one cloud',
      {
        authority: 'https://login.microsoftonline.us/t.example',
        scope: 'https://graph.microsoft.us/.default',
        endpoint: 'https://dod-graph.microsoft.us/v1.0/users',
      },
      ['endpoint'],
    ],
  ])('a file that mixes clouds is refused: %s', (_name, changes, names) => {
    const told = problems(changes);
    expect(told.map((line) => line.split(' ')[0])).toEqual(names);
    expect(told.every((line) => line.includes('must be of the same cloud'))).toBe(true);
  });

  test('an emulator on this machine is taken, its list follows, and never in production', () => {
    const { endpoint: _endpoint, ...short } = SAMPLE;
    for (const origin of ['http://localhost:5001', 'https://127.0.0.1:5001', 'http://[::1]:5001']) {
      const here = { ...short, authority: `${origin}/contoso.example` };
      expect(readParameters(here, GIVEN)).toMatchObject({ authority: here.authority, endpoint: { origin } });
      expect(problemsOf(() => readParameters(here, { ...GIVEN, production: true }))).toEqual([
        expect.stringMatching(/^authority must not be on this machine when NODE_ENV is production/),
      ]);
    }
    const listHere = { ...SAMPLE, endpoint: 'http://localhost:9/v1.0/users' };
    expect(problemsOf(() => readParameters(listHere, { ...GIVEN, production: true }))).toEqual([
      expect.stringMatching(/^endpoint must not be on this machine when NODE_ENV is production/),
    ]);
  });

  test('what copying brings along is no part of an id, a secret or a thumbprint', () => {
    const copied = {
      ...SAMPLE,
      client_id: `\u200B${SAMPLE.client_id.toUpperCase()}\uFEFF`,
      secret: '\u00A0the value\u200E\n',
    };
    expect(readParameters(copied, GIVEN)).toEqual(readParameters(SAMPLE, GIVEN));
    const thumbprint = `\u200E${'ab '.repeat(32)}`;
    expect(
      readParameters({ ...SAMPLE, secret: null, thumbprint, private_key_file: '/a.key' }, GIVEN).credential,
    ).toMatchObject({ thumbprint: 'AB'.repeat(32) });
  });

  test('takes oidc_authority where the other is null', () => {
    const external = { authority: null, oidc_authority: 'https://login.contoso.example/t/v2.0' };
    expect(readParameters({ ...SAMPLE, ...external }, GIVEN).authority).toBe(
      'https://login.contoso.example/t',
    );
  });

  test.each([
    [undefined, 'is missing'],
    ['https://login.microsoftonline.com/Enter_the_Tenant_Id_Here', 'still holds a placeholder'],
    ['http://login.microsoftonline.com/t.example', 'must be an https address'],
    ['contoso', 'must be an https address'],
    [
      'https://login.microsoftonline.com/common',
      'must end with one tenant: an app has an identity of its own',
    ],
    ['https://login.microsoftonline.com/Organizations', 'must end with one tenant'],
    ['https://login.microsoftonline.com/consumers/v2.0', 'must end with one tenant'],
    ['https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad', 'must end with one tenant'],
    ['https://login.microsoftonline.com', 'must end with a tenant id'],
    ['https://login.microsoftonline.com/t.example/oauth2/v2.0/token', 'must end with the tenant'],
    ['https://login.microsoftonline.com/t.example?x=1', 'must not hold a query'],
    ['https://login.microsoftonline.co/t.example', 'must be of a host of Microsoft'],
    ['https://login.microsoftonline.com.evil.example/t.example', 'must be of a host of Microsoft'],
    ['https://login.microsoftonline.com:8443/t.example', 'must be without a port'],
    [7, 'must be a text in double quotes'],
  ])('refuses the authority %p: %s', (authority, rule) => {
    expect(problems({ authority })[0]).toMatch(new RegExp(`^authority ${rule}`));
  });

  test.each([
    ['http://graph.microsoft.com/v1.0/users', 'must be an https address'],
    ['https://evil.example/v1.0/users', 'must be an address of Microsoft Graph'],
    ['https://graph.microsoft.com.evil.example/v1.0/users', 'must be an address of Microsoft Graph'],
    ['https://graph.microsoft.com:8443/v1.0/users', 'must be without a port'],
    ['https://a:b@graph.microsoft.com/v1.0/users', 'must not hold a fragment or a user name'],
    ['https://graph.microsoft.com/beta/users', 'must be of Graph v1.0'],
    ['https://graph.microsoft.com/v1.0/', 'must be of Graph v1.0'],
    ['https://graph.microsoft.us/v1.0/users', 'must be of the same cloud as scope'],
    ['users', 'must be an https address'],
  ])('refuses the endpoint %p: %s', (endpoint, rule) => {
    expect(problems({ endpoint })).toEqual([expect.stringMatching(new RegExp(`^endpoint ${rule}`))]);
  });

  test('takes an endpoint with a query, and the address of this machine', () => {
    const endpointOf = (endpoint: string) => readParameters({ ...SAMPLE, endpoint }, GIVEN).endpoint;
    expect(endpointOf('https://graph.microsoft.com/v1.0/users/?$top=5').path).toBe('/v1.0/users?$top=5');
    expect(endpointOf('http://127.0.0.1:5001/v1.0/users').origin).toBe('http://127.0.0.1:5001');
  });

  test.each([
    [{ scope: ['User.Read.All'] }, 'scope must be ["https://graph.microsoft.com/.default"]'],
    [{ scope: ['a/.default', 'b/.default'] }, 'scope must be'],
    [{ client_id: 'Enter_the_Application_Id_Here' }, 'client_id still holds a placeholder'],
    [{ client_id: undefined }, 'client_id must be the Application (client) ID'],
    [{ secret: undefined }, 'secret is missing'],
    [{ secret: 'Enter_the_Client_Secret_Here' }, 'secret still holds a placeholder'],
    [{ secret: undefined, thumbprint: 'AB' }, 'private_key_file is missing beside thumbprint'],
    [{ secret: undefined, private_key_file: 'x' }, 'certificate_file is missing beside private_key_file'],
    [
      { secret: undefined, private_key_file: 'x', thumbprint: 'AB' },
      'thumbprint must be the 64 hexadecimal digits',
    ],
  ])('%j: %s', (changes, problem) => {
    expect(problems(changes)[0]).toContain(problem);
  });

  test('reports everything at once and never a value', () => {
    const all = problems({ authority: 'A', client_id: 'B', scope: 'C', endpoint: 'D', secret: ['E'] });
    expect(all).toHaveLength(6);
    expect(all.join('\n')).not.toMatch(/\b[ABCDE]\b(?!ny)/);
  });

  test('a secret in the environment stands in for one in the file, but not against it', () => {
    const given = { ...GIVEN, environmentSecret: 'of the environment' };
    const { secret: _secret, ...without } = SAMPLE;
    expect(readParameters(without, given).credential).toEqual({
      kind: 'secret',
      secret: 'of the environment',
      isInFile: false,
    });
    expect(problems({}, given)).toEqual(['secret is not the one in CLIENT_SECRET: keep only one of them']);
    const certificate = { ...without, certificate_file: 'a.crt', private_key_file: '/keys/a.key' };
    expect(readParameters(certificate, given).credential).toEqual({
      kind: 'certificate',
      certificateFile: '/etc/daemon/a.crt',
      privateKeyFile: '/keys/a.key',
    });
  });
});

test('members that only say something to people are no misspelt ones', () => {
  expect(unknownMembers({ ...SAMPLE, note: '', secret_note: '', _why: '', '//': '', endpoints: '' })).toEqual(
    ['endpoints'],
  );
});

describe('parseParametersText', () => {
  const problem = (text: string) => problemsOf(() => parseParametersText(text))[0];

  test('takes a byte order mark, and // inside a text', () => {
    expect(parseParametersText('\uFEFF{"a": "https://x"}')).toEqual({ a: 'https://x' });
  });

  test.each([
    ['{\n "a": 1, // one\n "b": 2}', 'holds a comment in line 2'],
    ['/* all */ {}', 'holds a comment in line 1'],
    ['', 'is empty'],
    ['[]', 'must hold one JSON object'],
    ['"text"', 'must hold one JSON object'],
    ['{"a": "https://x" "b": 1}', 'is not JSON'],
  ])('%j: %s', (text, sentence) => {
    expect(problem(text)).toContain(sentence);
  });

  test('never repeats what the file holds', () => {
    expect(problem('{"secret": hunter2}')).not.toContain('hunter2');
  });
});
