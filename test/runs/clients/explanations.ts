/** Why a cell that is not what it should be is nevertheless no defect of the emulator's, and where that stands. */
interface Explanation {
  readonly clients: readonly string[];
  /** Titles of faults, or how they begin. */
  readonly faults: readonly string[];
  /** With its source. */
  readonly words: string;
}

const IN_JAVASCRIPT = ['MSAL Node', 'MSAL Browser'];
const MSALS = [...IN_JAVASCRIPT, 'MSAL Python', 'MSAL Go', 'MSAL4J'];
const CORE = 'https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation';
const ISSUES = 'https://github.com/AzureAD/microsoft-authentication-library-for';

/** Add one here; a cell that is right and explained all the same fails the run, too. */
export const EXPLANATIONS: readonly Explanation[] = [
  {
    clients: [...MSALS, 'express-openid-connect'],
    faults: ['ID token: wrong signature'],
    words: `An ID token that came from the token endpoint itself may be taken by its TLS in place of its signature ([OpenID Connect Core 3.1.3.7](${CORE}), 6).`,
  },
  {
    clients: MSALS,
    faults: [
      ...['ID token: not signed', 'ID token: another issuer'],
      ...['ID token: another audience', 'ID token: expired'],
    ],
    words: `MSAL gets tokens and does not check them: [JavaScript](${ISSUES}-js/issues/1952), [Python](${ISSUES}-python/issues/911), [Go](${ISSUES}-go/issues/282), [Java](${ISSUES}-java/issues/262). An app that relies on the ID token has to.`,
  },
  {
    clients: ['MSAL Go'],
    faults: ['sign-in: another state', 'ID token: another nonce'],
    words: `MSAL Go has neither state nor nonce: [an app adds and checks them](${ISSUES}-go/issues/407).`,
  },
  {
    clients: ['MSAL4J'],
    faults: ['sign-in: another state', 'ID token: another nonce'],
    words:
      "MSAL4J leaves state and nonce to the app, as [Microsoft's sample](https://github.com/Azure-Samples/ms-identity-java-webapp) shows (`AuthHelper.java`: `validateState`, `validateNonce`).",
  },
  {
    clients: [...MSALS, 'Spring Security'],
    faults: ['sign-in: another issuer'],
    words:
      'The issuer in a response has to be looked at where the metadata promise it ([RFC 9207, 2.4](https://www.rfc-editor.org/rfc/rfc9207#section-2.4)); Microsoft’s do not.',
  },
  {
    clients: ['MSAL Node', 'MSAL Python', 'MSAL Go', 'azidentity (Go)', 'azure-cli', 'CLI for Microsoft 365'],
    faults: ['token: sent to another host'],
    words:
      'A 307 has the request sent once more, its body included ([RFC 9110, 15.4.8](https://www.rfc-editor.org/rfc/rfc9110#section-15.4.8)), and what these use for HTTP follows: [fetch](https://fetch.spec.whatwg.org/#http-redirect-fetch), [requests](https://requests.readthedocs.io/en/latest/user/quickstart/#redirection-and-history), [net/http](https://pkg.go.dev/net/http#Client). Microsoft’s token endpoint does not redirect; whoever can have it do so has its TLS.',
  },
  {
    clients: ['MSAL Python', 'azure-identity (Python)', 'azure-cli'],
    faults: ['metadata: another issuer'],
    words:
      'MSAL Python compares the issuer only where the authority was given as `oidc_authority` (`authority.py` of MSAL 1.39).',
  },
  {
    clients: ['MSAL Python'],
    faults: ['no ID token'],
    words:
      'To MSAL Python the ID token is optional, as in OAuth 2.0 (`oauth2cli/oidc.py` of MSAL 1.39): the account has no name.',
  },
  {
    clients: ['MSAL Browser'],
    faults: ['sign-in: another state'],
    words:
      'MSAL Browser does not take a response whose state it does not know (`handleRedirectPromise` resolves to null), so that the page signs in once more, and that works.',
  },
  {
    clients: ['MSAL Browser'],
    faults: ['renewal: AADSTS50173'],
    words:
      'After a refused renewal MSAL Browser asks for a code in a hidden frame ([as documented](https://learn.microsoft.com/en-us/entra/identity-platform/scenario-spa-acquire-token)); this page is none that answers there.',
  },
  {
    clients: ['azure-cli'],
    faults: ['Graph: 429 twice', 'Graph: 503 once'],
    words:
      'azure-cli sends a request to Graph once (`send_raw_request` in `util.py` of azure-cli-core 2.91).',
  },
];

/** The explanation of a cell, by its number from 1, or 0. */
export function explanationOf(client: string, fault: string): number {
  const found = EXPLANATIONS.findIndex(
    ({ clients, faults }) => clients.includes(client) && faults.some((one) => fault.startsWith(one)),
  );
  return found + 1;
}
