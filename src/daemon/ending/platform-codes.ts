import { type TopicName, topicOfCode } from '../../failures/index.ts';

/** What an app on its own can do about what the dictionary of codes knows, in one sentence. */
const REMEDIES: Partial<Record<TopicName, string>> = {
  secretWrong:
    'The secret is wrong: give the value of the client secret, not its id; or it is of another registration: make a new one.',
  secretExpired: 'The client secret has expired: make a new one on the registration.',
  noCredential: 'The registration wants a credential: a secret, a certificate or a federated token.',
  appUnknown: 'No app with this client_id is known in this tenant: look at both.',
  appDisabled: 'The app is disabled in this tenant: an administrator can enable it.',
  tenantUnknown: 'There is no such tenant: look at the authority.',
  authorityHost: 'There is no such authority: look at its host.',
  grantNotAllowed: 'An app signs in as itself in a tenant only: let authority end with its id.',
  publicClient:
    'The registration is of a public client, which has no identity of its own: add the platform Web.',
  certificate:
    'The certificate is not on the registration, or the key is not its own: upload the certificate there.',
  assertionTime:
    'The proof of identity is not valid now: set the clock of this machine, or have the federated token renewed.',
  federatedToken:
    'No federated credential of the registration fits the token: compare issuer, subject and audience.',
  serviceNotInTenant: 'The resource in scope is not known in this tenant.',
  permissionNotListed:
    'The resource in scope is not among the permissions of the registration: add it there.',
  scopeInvalid: 'The scope is not one that an app can ask for: it is RESOURCE/.default.',
  severalServices: 'The scope is of more than one resource: it is one RESOURCE/.default.',
  blockedByPolicy: 'A conditional access policy of the tenant blocks this app.',
  serviceDown: 'The identity platform has a problem at the moment: try again in a few minutes.',
};

/** What to do about a code of the platform, in one sentence; Graph's codes are told by what was asked. */
export function remedyFor(code: string | undefined): string | undefined {
  const topic = code?.startsWith('AADSTS') ? topicOfCode(code) : undefined;
  return topic === undefined ? undefined : REMEDIES[topic];
}
