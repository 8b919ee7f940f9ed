import { systemCodeOf } from '../../errors.ts';
import type { AccessTokenSource } from '../../graph/index.ts';
import type { ClientSettings } from '../../identity/index.ts';
import {
  type Credential,
  createAppTokenSource,
  createCredential,
  createIdentity,
  createManagedIdentity,
} from '../../identity/index.ts';
import type { DaemonArguments } from '../arguments/index.ts';
import type { Messages } from '../messages/index.ts';
import { namingFile, readSecretVariable, type Source } from '../parameters/index.ts';
import { type CacheSurroundings, openTokenCache, type TokenCache } from './token-cache.ts';

/** The access tokens of the app's own identity. */
export interface AppTokens {
  token: AccessTokenSource;
  /** Whether this run has not asked for one yet: a permission given since then is not in it. */
  isFromEarlierRun(): boolean;
}

interface TokenSurroundings extends CacheSurroundings {
  given: DaemonArguments;
  messages: Messages;
  correlationId: string;
}

const NAMES = {
  certificate: 'certificate_file',
  privateKey: 'private_key_file',
  passphrase: 'CLIENT_PRIVATE_KEY_PASSPHRASE',
} as const;

/** Prepares the tokens; asks for none yet. @throws ConfigurationError for an unusable credential or cache */
export function openAppTokens(source: Source, around: TokenSurroundings): AppTokens {
  const { given, messages, correlationId } = around;
  const { credential, scope } = source.parameters;
  if (credential.kind === 'managed-identity') {
    const token = createManagedIdentity(credential);
    const resource = scope.replace(/\/\.default$/, '');
    return { token: (options) => token(resource, options), isFromEarlierRun: () => false };
  }
  const kept =
    given.tokenCache === undefined ? undefined : openTokenCache(given.tokenCache, source.parameters, around);
  let asked = false;
  const token = createAppTokenSource(settingsOf(source, given, readCredential(source, around)), {
    correlationId,
    cache: kept?.read(),
    onRequest() {
      asked = true;
      messages.note('No suitable token in the cache: asking the identity platform for a new one.');
    },
    onCache: (cache) => keep(kept, cache, given, messages),
  });
  return { token, isFromEarlierRun: () => !asked };
}

/** A cache that cannot be written costs the next run a request, and this one nothing. */
async function keep(
  cache: TokenCache | undefined,
  text: string,
  given: DaemonArguments,
  messages: Messages,
): Promise<void> {
  await cache?.write(text).catch((error: unknown) => {
    const code = systemCodeOf(error) || 'unknown';
    messages.note(`--token-cache ${given.tokenCache} could not be written (${code}).`);
  });
}

function readCredential(
  { parameters }: Source,
  { given, messages, environment }: TokenSurroundings,
): Credential {
  const passphrase = readSecretVariable('CLIENT_PRIVATE_KEY_PASSPHRASE', environment);
  const file = given.parametersFile ?? '';
  return namingFile(file, () =>
    createCredential(
      { ...parameters.credential, ...(passphrase === undefined ? {} : { passphrase }) },
      Date.now,
      {
        names: NAMES,
        sha1: given.sha1Thumbprint,
        onWarning: (sentence) => messages.note(`${file}: ${sentence}`),
      },
    ),
  );
}

function settingsOf(source: Source, given: DaemonArguments, credential: Credential): ClientSettings {
  const { parameters, authorityMetadata } = source;
  return createIdentity({
    clientId: parameters.clientId,
    credential,
    authority: parameters.authority,
    authorityMetadata,
    network: { timeoutMs: given.timeout * 1_000 },
    redirectUri: '',
    scopes: [parameters.scope],
    allowedTenants: [],
    now: Date.now,
  });
}
