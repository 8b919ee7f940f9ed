import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { CONTOSO } from '../stage.ts';
import { ask, json } from '../visitor.ts';
import { discovery, GUID } from './strict.ts';

// Each test names the row of the wire reference that it asserts, and that row's source.

let emulator: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

describe('A. metadata', () => {
  test.each(['common', 'organizations'])(
    'A2 [IM; NOCK]: the issuer of %s has literal braces',
    async (segment) => {
      const document = json(await discovery(emulator, segment));
      expect(document).toMatchObject({
        issuer: `${emulator.baseUrl}/{tenantid}/v2.0`,
        token_endpoint: `${emulator.baseUrl}/${segment}/oauth2/v2.0/token`,
        tenant_region_scope: null,
      });
    },
  );

  test.each([CONTOSO, 'contoso.example'])(
    'A2 [IM; MC]: %s has the issuer and endpoints of the id',
    async (name) => {
      expect(json(await discovery(emulator, name))).toMatchObject({
        issuer: `${emulator.baseUrl}/${CONTOSO}/v2.0`,
        authorization_endpoint: `${emulator.baseUrl}/${CONTOSO}/oauth2/v2.0/authorize`,
      });
    },
  );

  test('A2 [FS:56755351657]: consumers has the issuer of the personal tenant, and endpoints with the word', async () => {
    expect(json(await discovery(emulator, 'consumers'))).toMatchObject({
      issuer: `${emulator.baseUrl}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`,
      token_endpoint: `${emulator.baseUrl}/consumers/oauth2/v2.0/token`,
    });
  });

  test('A2 [IM]: the keys of the document, in their order', async () => {
    expect(Object.keys(json(await discovery(emulator, 'common'))).join(' ')).toBe(
      'token_endpoint token_endpoint_auth_methods_supported jwks_uri response_modes_supported subject_types_supported id_token_signing_alg_values_supported response_types_supported scopes_supported issuer request_uri_parameter_supported userinfo_endpoint authorization_endpoint device_authorization_endpoint http_logout_supported frontchannel_logout_supported end_session_endpoint claims_supported kerberos_endpoint tenant_region_scope cloud_instance_name cloud_graph_host_name msgraph_host rbac_url',
    );
  });

  test('A3 [NOCK]: the headers of a discovery answer', async () => {
    expect((await discovery(emulator, 'common')).headers).toMatchObject({
      'cache-control': 'max-age=86400, private',
      'content-type': 'application/json; charset=utf-8',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      'x-ms-request-id': expect.stringMatching(GUID),
    });
  });

  test.each([
    ['0f0c7d3e-2b1a-4c9d-8e7f-6a5b4c3d2e1f', 'invalid_tenant', 90002],
    ['nobody.example', 'invalid_tenant', 90002],
    ['not_a_tenant', 'invalid_request', 900023],
  ])(
    'A4 [gh mvertopoulos/vue-msal#24; gh microsoft/Analysis-Services#194]: tenant %s',
    async (name, error, code) => {
      const seen = await discovery(emulator, name);
      expect(seen.status).toBe(400);
      expect(json(seen)).toMatchObject({ error_codes: [code], ...(code === 90002 ? { error } : {}) });
    },
  );

  test('A5 [NOCK; DN]: instance discovery lists the clouds, and the host it was asked at', async () => {
    const endpoint = encodeURIComponent(`${emulator.baseUrl}/${CONTOSO}/oauth2/v2.0/authorize`);
    const url = `${emulator.baseUrl}/common/discovery/instance?api-version=1.1&authorization_endpoint=${endpoint}`;
    const document = json(await ask(url));
    expect(document).toMatchObject({
      'api-version': '1.1',
      tenant_discovery_endpoint: `${emulator.baseUrl}/${CONTOSO}/v2.0/.well-known/openid-configuration`,
    });
    expect(document.metadata).toHaveLength(6);
    const unknown = json(
      await ask(url.replace(endpoint, encodeURIComponent('https://evil.example/common/x'))),
    );
    expect(unknown).toMatchObject({ error: 'invalid_instance', error_codes: [50049] });
  });

  test('A6 [IM; ED access-tokens.md]: several keys, each with one certificate, x5t equal to kid', async () => {
    const { keys } = json(await ask(`${emulator.baseUrl}/common/discovery/v2.0/keys`));
    expect((keys as object[]).length).toBeGreaterThan(1);
    for (const key of keys as Record<string, unknown>[]) {
      expect(key).toMatchObject({ kty: 'RSA', use: 'sig', e: 'AQAB', x5t: key.kid });
      expect(key.x5c).toHaveLength(1);
      expect(key.issuer).toMatch(/\/(\{tenantid\}|9188040d-6c67-4c5b-b112-36a304b66dad)\/v2\.0$/);
    }
  });
});
