import { createHash } from 'node:crypto';
import { cloudOfAuthority, exchangeAudienceOf } from '../clouds.ts';
import type { RegistrationSettings } from '../config/index.ts';
import { ConfigurationError } from '../errors.ts';
import type { Api } from '../graph/index.ts';
import type { Change } from './change.ts';
import type { EnvWriter } from './env-writer.ts';
import type { Registered } from './registered.ts';
import { type Row, rowsIn, textOf, textsOf } from './rows.ts';
import type { WishedCredential, Wishes } from './wishes.ts';

/** What the changes of a credential are made with. */
interface Around {
  graph: Api;
  env: EnvWriter;
  tenantId: string;
  now(): number;
  isNewWanted: boolean;
  /** Told of a new secret, where somebody asked to see it. */
  onSecret(secret: string): void;
}

const DAY_MS = 86_400_000;
/** What Microsoft's page for a new secret proposes. */
const SECRET_DAYS = 180;
const SECRET_NAME = 'npm run register';

/** The change that gives the app its credential; none where it has it. */
export function credentialChange(
  registered: Registered,
  wishes: Wishes,
  settings: RegistrationSettings,
  around: Around,
): Change[] {
  const { credential } = wishes;
  if (credential.kind === 'certificate') return certificateChange(registered, credential, around);
  if (credential.kind === 'federated')
    return federatedChange(registered, { ...credential, audience: exchangeAudienceOf('') }, around);
  if (credential.kind === 'managed-identity') {
    const { principalId: subject } = credential;
    return federatedChange(registered, { ...managedIdentityIssuer(settings, around), subject }, around);
  }
  return credential.kind === 'secret' ? secretChange(registered, settings, around) : [];
}

function secretChange({ app }: Registered, settings: RegistrationSettings, around: Around): Change[] {
  const { clientSecret, insteadOfSecret } = settings;
  const { graph, env, now, isNewWanted, onSecret } = around;
  if (!isNewWanted && isGood(clientSecret, rowsIn(app?.passwordCredentials), now())) return [];
  if (insteadOfSecret.length > 0)
    throw new ConfigurationError([
      `${insteadOfSecret.join(', ')} would count instead of a new client secret in ${env.path}: unset it first, or renew what it names by hand`,
    ]);
  const endDateTime = new Date(now() + SECRET_DAYS * DAY_MS).toISOString();
  return [
    {
      says: [`a client secret until ${endDateTime.slice(0, 10)}, into ${env.path}`],
      async make({ objectId }) {
        await env.prepare();
        const path = `/v1.0/applications/${objectId}/addPassword`;
        const passwordCredential = { displayName: SECRET_NAME, endDateTime };
        const added = (await graph.post(path, { passwordCredential })) as Row;
        const secret = textOf(added, 'secretText');
        await env.write({ CLIENT_SECRET: secret }).catch(async (error: unknown) => {
          // a secret that nobody knows is of no use
          await graph
            .post(`/v1.0/applications/${objectId}/removePassword`, { keyId: added.keyId })
            .catch(() => undefined);
          throw error;
        });
        onSecret(secret);
      },
    },
  ];
}

/** Graph shows the first three characters of a secret (`hint`). */
function isGood(secret: string | undefined, all: readonly Row[], nowMs: number): boolean {
  if (secret === undefined) return false;
  return all.some(({ hint, endDateTime }) => {
    const isLasting = endDateTime === null || Date.parse(String(endDateTime)) > nowMs;
    return isLasting && (hint === null || hint === secret.slice(0, 3));
  });
}

type Certificate = Extract<WishedCredential, { kind: 'certificate' }>;

/** A list takes the place of the one that there was, so those that are there go along with their keys. */
function certificateChange({ app }: Registered, certificate: Certificate, { graph }: Around): Change[] {
  const { key, thumbprint, subject, validUntil } = certificate;
  const base64 = Buffer.from(thumbprint, 'hex').toString('base64');
  const isThere = rowsIn(app?.keyCredentials).some(({ customKeyIdentifier }) =>
    [thumbprint, base64].includes(String(customKeyIdentifier)),
  );
  if (isThere) return [];
  return [
    {
      says: [`certificate ${subject} (${thumbprint}) until ${validUntil}`],
      async make({ objectId }) {
        const read = (await graph.get(`/v1.0/applications/${objectId}?$select=keyCredentials`)) as Row;
        const added = { type: 'AsymmetricX509Cert', usage: 'Verify', key, displayName: subject };
        await graph.patch(`/v1.0/applications/${objectId}`, {
          keyCredentials: [...rowsIn(read.keyCredentials), added],
        });
      },
    },
  ];
}

function managedIdentityIssuer({ authority }: RegistrationSettings, { tenantId }: Around) {
  const cloud = cloudOfAuthority(new URL(authority).hostname);
  const host = cloud?.authorityHosts[0] ?? 'login.microsoftonline.com';
  return { issuer: `https://${host}/${tenantId}/v2.0`, audience: exchangeAudienceOf(host) };
}

function federatedChange(
  { federated }: Registered,
  { issuer, subject, audience }: { issuer: string; subject: string; audience: string },
  { graph }: Around,
): Change[] {
  const there = federated.find((one) => one.issuer === issuer && one.subject === subject);
  const audiences = textsOf(there ?? {}, 'audiences');
  if (audiences.includes(audience)) return [];
  return [
    {
      says: [`federated credential for ${subject} of ${issuer}`],
      async make({ objectId }) {
        const path = `/v1.0/applications/${objectId}/federatedIdentityCredentials`;
        // Graph takes one of an issuer and a subject, and one audience
        if (there !== undefined)
          await graph.patch(`${path}/${textOf(there, 'id')}`, { audiences: [audience] });
        else
          await graph.post(path, { name: nameOf(issuer, subject), issuer, subject, audiences: [audience] });
      },
    },
  ];
}

/** Names are used once, and people remove credentials, so their number is no name. */
function nameOf(issuer: string, subject: string): string {
  return `register-${createHash('sha256').update(`${issuer} ${subject}`).digest('hex').slice(0, 12)}`;
}
