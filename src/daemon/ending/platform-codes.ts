/** What to do about the refusals that a new registration meets first, by the platform's code. */
const REMEDIES: Readonly<Record<string, string>> = {
  AADSTS7000215: 'The secret is wrong: give the value of the client secret, not its id.',
  AADSTS7000222: 'The client secret has expired: make a new one on the registration.',
  AADSTS7000216: 'The registration wants a credential: a secret, a certificate or a federated token.',
  AADSTS700016: 'No app with this client_id is known in this tenant: look at both.',
  AADSTS90002: 'There is no such tenant: look at the authority.',
  AADSTS900023: 'There is no such tenant: look at the authority.',
  AADSTS700027:
    'The certificate is not on the registration, or the key is not its own: upload the certificate there.',
  AADSTS700213:
    'No federated credential of the registration fits the token: compare issuer, subject and audience.',
  AADSTS70021:
    'No federated credential of the registration fits the token: compare issuer, subject and audience.',
  AADSTS500011: 'The resource in scope is not known in this tenant.',
  AADSTS70011: 'The scope is not one that an app can ask for: it is RESOURCE/.default.',
  AADSTS1002012: 'The scope is not one that an app can ask for: it is RESOURCE/.default.',
  AADSTS53003: 'A conditional access policy of the tenant blocks this app.',
  AADSTS7000112: 'The app is disabled in this tenant: an administrator can enable it.',
};

/** What to do about a code of the platform, in one sentence. */
export function remedyFor(code: string | undefined): string | undefined {
  return code === undefined ? undefined : REMEDIES[code];
}
