import { sign } from 'node:crypto';

/** Whose tokens a registration trusts, as it names them. */
export const FEDERATION = {
  issuer: 'https://issuer.example',
  subject: 'system:serviceaccount:jobs:daemon',
} as const;

/** A token as a cluster's issuer would write it into a file. */
export function federatedToken(privateKey: string, subject: string): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: FEDERATION.issuer,
    sub: subject,
    aud: 'api://AzureADTokenExchange',
    nbf: now,
    exp: now + 600,
  };
  const input = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${input}.${sign('RSA-SHA256', Buffer.from(input), privateKey).toString('base64url')}`;
}
