import { appendFileSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeAuthority, type TestAuthority } from '../support/authority-certificates.ts';
import { BAD_HOSTS, closeBadHosts } from '../support/bad-hosts.ts';
import { makeCertificate } from './certificates.ts';
import { openTenant, TENANT_ID, type Tenant } from './tenant.ts';

const FLAGS = ['--max-wait', '0', '--timeout', '2', '--quiet'];

let tenant: Tenant;
let authority: TestAuthority;
/** Holds the tenant's certificate and the authority's. */
let trusted: { NODE_EXTRA_CA_CERTS: string };

beforeAll(async () => {
  tenant = await openTenant();
  authority = makeAuthority(tenant.folder);
  const file = tenant.file('trusted.pem', readFileSync(tenant.tls.certificateFile, 'utf8'));
  appendFileSync(file, readFileSync(authority.certificateFile));
  trusted = { NODE_EXTRA_CA_CERTS: file };
});
afterAll(async () => {
  closeBadHosts();
  await tenant.close();
});

/** Status and the one line that was said. */
async function lineOf(changes: object, environment?: Record<string, string>) {
  const { status, stderr } = await tenant.run([tenant.parameters({ ...changes }), ...FLAGS], environment);
  const [line = '', ...more] = stderr.trim().split('\n');
  return { status, line, more };
}

describe('the daemon says in its line why a connection failed and what to do', () => {
  test.each(BAD_HOSTS)('Graph is $what', async ({ open, says }) => {
    const endpoint = `${await open(authority)}/v1.0/users`;
    const { status, line, more } = await lineOf({ endpoint }, trusted);
    expect({ status, line, more }).toEqual({ status: 5, line: expect.stringMatching(says), more: [] });
    expect(line).toMatch(/^Microsoft Graph (could not be reached|did not answer in time)\. /);
    expect(line).toMatch(/\(graph_(unreachable|timeout), correlation id \S+, \S+Z\)$/);
  });

  test('Graph has a certificate of an unknown authority', async () => {
    const [known] = BAD_HOSTS;
    const endpoint = `${await known?.open(authority)}/v1.0/users`;
    const { status, line } = await lineOf({ endpoint });
    expect([status, line]).toEqual([
      5,
      expect.stringContaining('unknown certificate authority (UNABLE_TO_VERIFY_LEAF_SIGNATURE). If a proxy'),
    ]);
  });

  test.each(BAD_HOSTS.filter(({ what }) => what.includes('certificate')))(
    'the identity platform has $what',
    async ({ open, says }) => {
      const { status, line } = await lineOf({ authority: `${await open(authority)}/${TENANT_ID}` }, trusted);
      expect([status, line]).toEqual([5, expect.stringMatching(says)]);
      expect(line).toMatch(/^The identity platform could not be reached\. /);
    },
  );

  test('the identity platform has a certificate that it made itself', async () => {
    const elsewhere = makeCertificate(tenant.folder, 'another');
    const { line } = await lineOf({}, { NODE_EXTRA_CA_CERTS: elsewhere.certificateFile });
    expect(line).toMatch(
      /self-signed \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. If that is meant so, name its PEM file in NODE_EXTRA_CA_CERTS/,
    );
  });
});
