import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { proxyTo, readProxies } from '../src/proxies.ts';

const PROXY = 'http://proxy.example:8080';

/** The proxy's host for an address; empty: none. */
function wayTo(address: string, variables: Record<string, string>): string {
  const { protocol, hostname, port } = new URL(address);
  const usual = protocol === 'http:' ? 80 : 443;
  return readProxies(variables).of({ protocol, hostname, port: Number(port || usual) })?.host ?? '';
}

describe('the proxy for an address', () => {
  test.each([
    ['https://graph.microsoft.com/v1.0', { HTTPS_PROXY: PROXY }, 'proxy.example:8080'],
    ['https://graph.microsoft.com/', { https_proxy: PROXY }, 'proxy.example:8080'],
    [
      'https://graph.microsoft.com/',
      { https_proxy: PROXY, HTTPS_PROXY: 'http://other:1' },
      'proxy.example:8080',
    ],
    ['https://graph.microsoft.com/', { https_proxy: ' ', HTTPS_PROXY: PROXY }, 'proxy.example:8080'],
    ['https://graph.microsoft.com/', { HTTPS_PROXY: 'proxy.example:8080' }, 'proxy.example:8080'],
    ['https://graph.microsoft.com/', { HTTPS_PROXY: 'https://proxy.example' }, 'proxy.example'],
    ['https://graph.microsoft.com/', { HTTP_PROXY: PROXY }, ''],
    ['http://orders.example/', { HTTP_PROXY: PROXY, HTTPS_PROXY: 'http://other:1' }, 'proxy.example:8080'],
    ['http://orders.example/', { HTTPS_PROXY: PROXY }, ''],
    ['https://graph.microsoft.com/', {}, ''],
    ['https://graph.microsoft.com/', { ALL_PROXY: PROXY }, 'proxy.example:8080'],
    ['http://orders.example/', { all_proxy: PROXY, HTTPS_PROXY: 'http://other:1' }, 'proxy.example:8080'],
    [
      'https://graph.microsoft.com/',
      { ALL_PROXY: 'socks5://other:1080', HTTPS_PROXY: PROXY, HTTP_PROXY: PROXY },
      'proxy.example:8080',
    ],
  ])('%s with %j: %s', (address, variables, host) => {
    expect(wayTo(address, variables)).toBe(host);
  });

  test.each([
    'https://localhost:5001/',
    'https://app.localhost/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0.0.0.0/',
    'https://[::]/',
    'https://localhost./',
    'https://127.8.9.10:44300/',
    'https://[::1]:5001/',
    'https://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/metadata/identity/oauth2/token',
    'http://169.254.130.2:8081/msi/token',
    'http://[fe80::1]/',
    'http://[febf::1]/',
    'http://identity.example:4141/msi/token',
  ])('%s is always asked directly', (address) => {
    const IDENTITY_ENDPOINT = 'http://identity.example:4141/msi/token';
    expect(wayTo(address, { HTTPS_PROXY: PROXY, HTTP_PROXY: PROXY, IDENTITY_ENDPOINT })).toBe('');
  });

  test.each([
    ['*', 'https://graph.microsoft.com/'],
    ['graph.microsoft.com', 'https://graph.microsoft.com/'],
    ['GRAPH.Microsoft.com', 'https://graph.microsoft.com/'],
    ['microsoft.com', 'https://graph.microsoft.com/'],
    ['.microsoft.com', 'https://graph.microsoft.com/'],
    ['*.microsoft.com', 'https://graph.microsoft.com/'],
    ['a.example, b.example,graph.microsoft.com', 'https://graph.microsoft.com/'],
    ['a.example graph.microsoft.com', 'https://graph.microsoft.com/'],
    ['graph.microsoft.com.', 'https://graph.microsoft.com/'],
    ['graph.microsoft.com:443', 'https://graph.microsoft.com/'],
    ['10.1.2.3', 'https://10.1.2.3/'],
    ['a.example;graph.microsoft.com', 'https://graph.microsoft.com/'],
    ['a.example|graph.*', 'https://graph.microsoft.com/'],
    ['10.*', 'https://10.1.2.3/'],
    ['https://graph.microsoft.com/', 'https://graph.microsoft.com/v1.0'],
    ['https://graph.microsoft.com:443', 'https://graph.microsoft.com/'],
    ['bücher.example', 'https://www.bücher.example/'],
    ['[2001:db8::]/32', 'https://[2001:db8:1::1]/'],
    ['10.0.0.0/8', 'https://10.1.2.3/'],
    ['10.1.2.3:8443', 'https://10.1.2.3:8443/'],
    ['2001:db8::1', 'https://[2001:db8::1]/'],
    ['[2001:db8::1]:8443', 'https://[2001:db8::1]:8443/'],
    ['2001:db8::/32', 'https://[2001:db8:1::1]/'],
  ])('NO_PROXY=%s leaves out %s', (given, address) => {
    expect(wayTo(address, { HTTPS_PROXY: PROXY, NO_PROXY: given })).toBe('');
    expect(wayTo(address, { HTTPS_PROXY: PROXY, no_proxy: given, NO_PROXY: 'x' })).toBe('');
  });

  test.each([
    ['', 'https://graph.microsoft.com/'],
    ['graph.microsoft.com:8443', 'https://graph.microsoft.com/'],
    ['graph-microsoft.com', 'https://graph.microsoft.com/'],
    ['.', 'https://graph.microsoft.com/'],
    ['fe80::1%eth0', 'https://graph.microsoft.com/'],
    ['(+', 'https://graph.microsoft.com/'],
    ['10.*', 'https://110.1.2.3/'],
    ['soft.com', 'https://graph.microsoft.com/'],
    ['graph.microsoft.com.evil.example', 'https://graph.microsoft.com/'],
    ['10.0.0.0/8', 'https://11.1.2.3/'],
    ['10.0.0.0/99', 'https://10.1.2.3/'],
    ['2001:db8::/32', 'https://[2001:db9::1]/'],
  ])('NO_PROXY=%s does not leave out %s', (given, address) => {
    expect(wayTo(address, { HTTPS_PROXY: PROXY, NO_PROXY: given })).toBe('proxy.example:8080');
  });

  test.each([
    ['socks5://proxy.example:1080'],
    ['http://'],
    ['http://proxy.example:8080/path'],
    ['http://proxy.example:99999'],
    ['http://user:100%@proxy.example:8080'],
    ['http://user:%ff@proxy.example:8080'],
  ])('%s is refused, and never passed by', (given) => {
    const proxies = readProxies({ https_proxy: given });
    const rule = /^https_proxy must be an address such as/;
    expect(proxies.problems).toEqual([expect.stringMatching(rule)]);
    expect(proxies.problems[0]?.endsWith('; SOCKS is not supported')).toBe(given.startsWith('socks'));
    const target = { protocol: 'https:', hostname: 'graph.microsoft.com', port: 443 };
    expect(() => proxies.of(target)).toThrow();
    expect(proxies.of({ ...target, hostname: 'localhost' })).toBeUndefined();
  });
});

test('SOCKS for all is refused, once, where nothing else is said', () => {
  const { problems } = readProxies({ ALL_PROXY: 'socks5://proxy.example:1080' });
  expect(problems).toEqual([
    expect.stringMatching(/^ALL_PROXY must be an address .*SOCKS is not supported$/),
  ]);
});

describe('an address in a file, so that its password is not in the environment', () => {
  let folder: string;
  let file: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'proxies-'));
    file = join(folder, 'proxy');
    writeFileSync(file, ' http://user:CANARY@proxy.example:8080\n');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['https_proxy_file', 'https://graph.microsoft.com/'],
    ['HTTPS_PROXY_FILE', 'https://graph.microsoft.com/'],
    ['HTTP_PROXY_FILE', 'http://orders.example/'],
  ])('%s', (name, address) => {
    const proxy = proxyTo(new URL(address), readProxies({ [name]: file }));
    expect(proxy?.href).toBe('http://user:CANARY@proxy.example:8080/');
  });

  test.each([
    ['proxy', { https_proxy: PROXY }, /^HTTPS_PROXY_FILE and https_proxy exclude each other/],
    ['gone', {}, /^HTTPS_PROXY_FILE names a file that cannot be read: it does not exist$/],
    ['empty', {}, /^HTTPS_PROXY_FILE names a file that is empty$/],
    ['wrong', {}, /^HTTPS_PROXY_FILE must be an address such as/],
  ])('nobody is asked where the file is %s, with %j', (name, variables, rule) => {
    if (name === 'empty') writeFileSync(join(folder, name), ' \n');
    if (name === 'wrong') writeFileSync(join(folder, name), 'http://CANARY:%@proxy');
    const proxies = readProxies({ ...variables, HTTPS_PROXY_FILE: join(folder, name) });
    expect(proxies.problems).toEqual([expect.stringMatching(rule)]);
    expect(proxies.problems.join()).not.toContain('CANARY');
    expect(() => proxyTo(new URL('https://graph.microsoft.com/'), proxies)).toThrow();
  });
});
