import { randomUUID } from 'node:crypto';
import { isB2c, organisationsHostOf, PERSONAL_TENANT } from '../clouds.ts';
import type { Config } from '../config/index.ts';
import { AppError } from '../errors.ts';
import { inWords, type TopicName, topicOfCode } from '../failures/index.ts';
import { createAppTokenSource } from '../identity/index.ts';
import { type Finding, fault, unseen, well } from './finding.ts';
import type { Surroundings } from './surroundings.ts';

/** What an attempt to be the app tells, and the token that it brought. */
interface Attempt {
  findings: Finding[];
  token?: string;
}

/** Tenant segments that are no tenant in which an app could be itself. */
const NO_TENANT = ['common', 'organizations', 'consumers', PERSONAL_TENANT];
const KINDS = {
  secret: 'the client secret',
  certificate: 'the certificate',
  assertion: 'the federated token',
  'managed-identity': 'the managed identity',
} as const;
const OF_CLIENT: readonly (TopicName | undefined)[] = ['appUnknown', 'appDisabled'];
const OF_AUTHORITY: readonly (TopicName | undefined)[] = ['tenantUnknown', 'authorityHost'];

/** Has the app ask for a token as itself (client credentials): its client id and its credential are judged by that. */
export async function lookAtCredential(config: Config, around: Surroundings): Promise<Attempt> {
  const authority = authorityOfTenant(config, around.tenant);
  if (authority === undefined) {
    const what = `Not tried: an app is itself in a tenant only, and AUTHORITY names none. --tenant tries it in the one where it is registered.`;
    return { findings: [unseen('client', what), unseen('credential', what)] };
  }
  const kind = KINDS[config.credential.kind];
  try {
    const identity = await around.identityOf({ ...config, authority }, () => undefined);
    const settings = { ...identity, scopes: [`${config.graphEndpoint}/.default`] };
    const token = await createAppTokenSource(settings, { correlationId: randomUUID() })();
    const findings = [
      well('client', `${config.clientId} is known at ${authority}.`),
      well('credential', `Microsoft accepts ${kind}.`),
    ];
    return { findings, token };
  } catch (error) {
    return { findings: refusal(error, config, authority) };
  }
}

/** By what was refused; whatever is judged before it was passed. */
function refusal(error: unknown, { clientId }: Config, authority: string): Finding[] {
  const topic = error instanceof AppError ? topicOfCode(error.upstream.code) : undefined;
  const trouble = inWords(error);
  const untried = unseen('credential', 'Not looked at, because the app is not known.');
  if (OF_AUTHORITY.includes(topic))
    return [fault('authority', trouble), unseen('client', 'Not looked at.'), untried];
  if (OF_CLIENT.includes(topic)) return [fault('client', trouble), untried];
  const client =
    topic === undefined
      ? unseen('client', 'Microsoft said nothing of the app.')
      : well('client', `${clientId} is known at ${authority}.`);
  return [client, fault('credential', trouble)];
}

/** Of Azure AD B2C, whose flows sign in people only, the tenant's own authority is asked. */
function authorityOfTenant(
  { authority, allowedTenants }: Config,
  given: string | undefined,
): string | undefined {
  const url = new URL(authority);
  const [, named = ''] = url.pathname.replace(/^\/tfp\//, '/').split('/');
  const own = NO_TENANT.includes(named) ? onlyOf(allowedTenants) : named;
  const tenant = given ?? own;
  if (tenant === undefined) return undefined;
  if (isB2c(url.hostname)) return `https://${organisationsHostOf(url.hostname)}/${tenant}`;
  return tenant === '' ? authority : `${url.origin}/${tenant}`;
}

function onlyOf(tenants: readonly string[]): string | undefined {
  const [tenant, ...more] = tenants.filter((each) => each !== PERSONAL_TENANT);
  return more.length === 0 ? tenant : undefined;
}
