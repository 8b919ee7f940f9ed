// MSAL Node: signs in with a code, then renews.
import { ConfidentialClientApplication, CryptoProvider } from '@azure/msal-node';
import { perform, visit } from '../../../../emulator/clients/talk.mjs';

const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, REDIRECT_URI } = process.env;

await perform({
  async flow() {
    const client = new ConfidentialClientApplication({
      auth: {
        clientId: AZURE_CLIENT_ID,
        clientSecret: AZURE_CLIENT_SECRET,
        authority: `https://login.microsoftonline.com/${AZURE_TENANT_ID}`,
      },
    });
    const crypto = new CryptoProvider();
    const { verifier, challenge } = await crypto.generatePkceCodes();
    const request = {
      scopes: ['User.Read'],
      redirectUri: REDIRECT_URI,
      state: crypto.createNewGuid(),
      nonce: crypto.createNewGuid(),
    };
    const url = await client.getAuthCodeUrl({
      ...request,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
    });
    const response = Object.fromEntries((await visit(url)).searchParams);
    if (response.error) throw new Error(`the app: ${response.error} ${response.error_description}`);
    const { account } = await client.acquireTokenByCode(
      { ...request, code: response.code, codeVerifier: verifier },
      { ...response, nonce: request.nonce },
    );
    const renewed = await client.acquireTokenSilent({ account, scopes: request.scopes, forceRefresh: true });
    return renewed.account.username;
  },
});
