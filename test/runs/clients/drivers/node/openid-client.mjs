// openid-client: signs in with a code, checks the ID token's signature too, then renews.
import * as client from 'openid-client';
import { perform, visit } from '../../../../emulator/clients/talk.mjs';

const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, REDIRECT_URI } = process.env;

await perform({
  async flow() {
    const server = new URL(`https://login.microsoftonline.com/${AZURE_TENANT_ID}/v2.0`);
    const config = await client.discovery(server, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET);
    client.enableNonRepudiationChecks(config);
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT_URI,
      scope: 'openid profile offline_access User.Read',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      nonce: expectedNonce,
    });
    const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(config, await visit(url.href), checks);
    await client.refreshTokenGrant(config, tokens.refresh_token);
    return tokens.claims().preferred_username;
  },
});
