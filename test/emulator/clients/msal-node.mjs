// MSAL Node as its documentation shows it, over https.
import { readFileSync } from 'node:fs';
import {
  ConfidentialClientApplication,
  CryptoProvider,
  ManagedIdentityApplication,
  PublicClientApplication,
} from '@azure/msal-node';
import { perform, settings, visit } from './talk.mjs';

const { baseUrl, clientId, tenantId, redirectUri } = settings;
const knownAuthorities = [new URL(baseUrl).host];
const { scopes = ['User.ReadBasic.All'] } = settings;

const auth = (tenant, credential) => ({
  auth: { clientId, authority: `${baseUrl}/${tenant}`, knownAuthorities, ...credential },
});

async function signIn(tenant = 'common') {
  const client = new ConfidentialClientApplication(auth(tenant, { clientSecret: settings.secret }));
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const request = { scopes, redirectUri, state: 'some state', nonce: 'some nonce' };
  const url = await client.getAuthCodeUrl({
    ...request,
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
  });
  const { searchParams } = await visit(url);
  const payload = { code: searchParams.get('code'), state: searchParams.get('state'), nonce: request.nonce };
  const result = await client.acquireTokenByCode(
    { ...request, code: payload.code, codeVerifier: verifier },
    payload,
  );
  return { client, result };
}

await perform({
  async web() {
    const { client, result } = await signIn();
    const silent = await client.acquireTokenSilent({ account: result.account, scopes });
    const forced = await client.acquireTokenSilent({ account: result.account, scopes, forceRefresh: true });
    const { username, tenantId: tid, homeAccountId, loginHint } = result.account;
    return {
      account: { username, tenantId: tid, homeAccountId, loginHint },
      scopes: result.scopes,
      fromCache: [silent.fromCache, forced.fromCache],
      isNew: forced.accessToken !== silent.accessToken,
    };
  },
  async userFlow() {
    const { client, result } = await signIn('contoso.onmicrosoft.com/B2C_1_susi');
    const silent = await client.acquireTokenSilent({ account: result.account, scopes, forceRefresh: true });
    const { emails, tfp } = result.idTokenClaims;
    return { emails, flow: tfp, scopes: silent.scopes, homeAccountId: result.account.homeAccountId };
  },
  async refreshRefused() {
    const { client, result } = await signIn();
    await visit('about:fault');
    await client.acquireTokenSilent({ account: result.account, scopes, forceRefresh: true });
  },
  async secret() {
    const client = new ConfidentialClientApplication(auth(tenantId, { clientSecret: settings.secret }));
    const { accessToken, fromCache } = await client.acquireTokenByClientCredential({
      scopes: [settings.resource],
    });
    return { accessToken, fromCache };
  },
  async certificate() {
    const { thumbprintSha256, keyFile } = settings;
    const clientCertificate = { thumbprintSha256, privateKey: readFileSync(keyFile, 'utf8') };
    const client = new ConfidentialClientApplication(auth(tenantId, { clientCertificate }));
    const first = await client.acquireTokenByClientCredential({ scopes: [settings.resource] });
    const again = await client.acquireTokenByClientCredential({
      scopes: [settings.resource],
      skipCache: true,
    });
    return { accessToken: again.accessToken, isNew: first.accessToken !== again.accessToken };
  },
  async device() {
    const client = new PublicClientApplication(auth('common', {}));
    const result = await client.acquireTokenByDeviceCode({
      scopes,
      deviceCodeCallback: ({ verificationUri, userCode }) => {
        void visit(`${verificationUri}?user_code=${userCode}`);
      },
    });
    return { username: result.account.username, scopes: result.scopes };
  },
  async password() {
    const client = new PublicClientApplication(auth('organizations', {}));
    const result = await client.acquireTokenByUsernamePassword({
      scopes,
      username: settings.username,
      password: 'any',
    });
    return { username: result.account.username, scopes: result.scopes };
  },
  async managedIdentity() {
    Object.assign(process.env, settings.environment);
    const identity = new ManagedIdentityApplication(settings.identity);
    const request = { resource: settings.resource };
    const first = await identity.acquireToken(request);
    const again = await identity.acquireToken(request);
    return { accessToken: first.accessToken, fromCache: [first.fromCache, again.fromCache] };
  },
  async behalf() {
    const client = new ConfidentialClientApplication(auth(tenantId, { clientSecret: settings.secret }));
    const request = { oboAssertion: settings.assertion, scopes };
    const first = await client.acquireTokenOnBehalfOf(request);
    const again = await client.acquireTokenOnBehalfOf(request);
    return { scopes: first.scopes, fromCache: [first.fromCache, again.fromCache] };
  },
});
