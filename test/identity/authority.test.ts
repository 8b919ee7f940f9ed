import { expect, test } from '@jest/globals';
import { adminConsentUrl } from '../../src/identity/admin-consent.ts';
import { createAuthority } from '../../src/identity/authority.ts';
import { createIdentityNetwork } from '../../src/identity/network.ts';

const TENANT = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';

/** Discovers an authority that says this issuer of itself. */
function discovered(authority: string, issuer: string) {
  const { origin } = new URL(authority);
  const document = {
    issuer,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/keys`,
  };
  const network = { ...createIdentityNetwork(), getJson: async () => document };
  return createAuthority({ authority }, network).metadata();
}

test.each([
  [
    'a domain of its own',
    `https://login.contoso.example/${TENANT}`,
    `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`,
  ],
  ['its name', 'https://contoso.ciamlogin.com', `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`],
  ['http on this machine', `http://localhost:5001/contoso.example`, `http://localhost:5001/${TENANT}/v2.0`],
])('the issuer of an authority by %s is taken', async (_name, authority, issuer) => {
  expect((await discovered(authority, issuer)).issuer).toBe(issuer);
});

test.each([
  [
    `https://login.contoso.example/${TENANT}`,
    `https://b2d1c6f3-8e45-4a7b-8c9f-1d3e5f7a9b21.ciamlogin.com/x/v2.0`,
  ],
  ['https://login.contoso.example/contoso.example', `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`],
  [`https://login.contoso.example/${TENANT}`, `https://${TENANT}.ciamlogin.com.evil.example/v2.0`],
  [`https://login.contoso.example/${TENANT}`, `http://login.contoso.example/${TENANT}/v2.0`],
  ['http://localhost:5001/contoso.example', `https://localhost:5001/${TENANT}/v2.0`],
])('%s may not say that it is %s', async (authority, issuer) => {
  await expect(discovered(authority, issuer)).rejects.toMatchObject({ code: 'authority_misconfigured' });
});

test('of what an authority says of itself, MSAL is told only what it is needed for', async () => {
  const origin = 'https://localhost:8443';
  const facts = {
    issuer: `${origin}/{tenantid}/v2.0`,
    authorization_endpoint: `${origin}/common/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/common/oauth2/v2.0/token`,
    jwks_uri: `${origin}/common/discovery/v2.0/keys`,
    end_session_endpoint: `${origin}/common/oauth2/v2.0/logout`,
  };
  const more = {
    tenant_region_scope: 'EU',
    cloud_instance_name: 'elsewhere.example',
    'preferred-cache': 'x',
  };
  const authority = createAuthority(
    { authority: `${origin}/common`, authorityMetadata: JSON.stringify({ ...more, ...facts }) },
    createIdentityNetwork(),
  );
  expect(JSON.parse((await authority.metadata()).document)).toEqual(facts);
});

test.each([
  [
    'https://contoso.ciamlogin.com',
    'https://contoso.ciamlogin.com/contoso.onmicrosoft.com/v2.0/adminconsent',
  ],
  ['https://login.contoso.example', 'https://login.contoso.example/v2.0/adminconsent'],
  [`https://login.contoso.example/${TENANT}`, `https://login.contoso.example/${TENANT}/v2.0/adminconsent`],
])('the administrator of %s consents where its metadata is', (authority, expected) => {
  const [page] = adminConsentUrl({ authority, clientId: TENANT, scopes: [] }).split('?');
  expect(page).toBe(expected);
});
