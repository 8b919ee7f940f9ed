import { expect, test } from '@jest/globals';
import { createAuthority } from '../../src/identity/authority.ts';
import { createIdentityNetwork } from '../../src/identity/network.ts';

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
