import type { RequestHandler } from 'express';
import { type ApiConfig, readApiConfig } from '../../config/index.ts';
import { AppError, ConfigurationError } from '../../errors.ts';
import { settled } from '../../http/index.ts';
import {
  type ClientSettings,
  createCredential,
  createIdentity,
  verifyAccessToken,
} from '../../identity/index.ts';
import {
  type Kinds,
  optionProblems,
  processEnvironment,
  SETTING_KINDS,
  type SettingOptions,
  variablesOf,
} from '../options/index.ts';
import { rememberCaller } from '../request-entra.ts';
import { readBearerToken } from './bearer-token.ts';
import { callerOf, requireAny } from './caller-of.ts';
import { refuseCall } from './challenge.ts';
import { rememberAssertion } from './on-behalf-of.ts';

/** Settings of an API, in camel case; each wins over its variable. */
type ApiSettingOptions = Pick<
  SettingOptions,
  | 'authority'
  | 'allowedTenants'
  | 'clientId'
  | 'clientSecret'
  | 'clientCertificate'
  | 'clientPrivateKey'
  | 'clientPrivateKeyPassphrase'
  | 'clientAssertionFile'
  | 'clientManagedIdentity'
  | 'authorityCustomDomain'
>;

export interface ProtectApiOptions extends ApiSettingOptions {
  /** The API's application (client) id, its App ID URI, or both: what its access tokens name as `aud`. */
  audience: string | readonly string[];
  /** Delegated scopes without the API's name, such as `Orders.Read`: a person's token needs one of them. */
  scopes?: readonly string[];
  /** Application roles: the token of an app that calls as itself needs one of them. */
  roles?: readonly string[];
  /** Where the API describes itself (RFC 9728), for clients without a token that counts. */
  resourceMetadata?: string;
}

/**
 * Lets in requests with an access token that the identity platform issued for this API, and sets
 * `request.entra.caller`. It needs no `entra()`: it keeps no session and adds no route. Error responses are 401 or 403 with
 * `WWW-Authenticate` (RFC 6750) and JSON.
 * @throws ConfigurationError for wrong settings, and where neither scopes nor roles are named
 */
export function protectApi(options: ProtectApiOptions): RequestHandler {
  requireNeeds(options);
  const { scopes = [], roles = [], resourceMetadata } = options;
  const config = readApiConfig({ ...processEnvironment(), ...variablesOf(options) });
  const identity = identityOf(config);
  const audiences = [options.audience].flat();
  return settled(async (request, response, next) => {
    try {
      const token = readBearerToken(request);
      const metadata = await identity.authority.metadata();
      const expected = { ...identity, audiences, metadata };
      const caller = callerOf(await verifyAccessToken(token, expected, identity.keys));
      requireAny(caller, { scopes, roles });
      rememberCaller(request, caller);
      rememberAssertion(request, { token, identity, canExchange: config.client !== undefined });
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      refuseCall(error, request, response, { resourceMetadata, scopes });
      return;
    }
    next();
  });
}

/** Settings of a sign-in may come along, where an app shares them. */
const KINDS = {
  ...SETTING_KINDS,
  audience: 'a text, or texts in a list',
  scopes: 'texts in a list',
  roles: 'texts in a list',
  resourceMetadata: 'a text',
} as const satisfies Kinds & Record<keyof ProtectApiOptions, string>;

/** A guard that names nothing would take every genuine token, whatever it is for. */
function requireNeeds(options: ProtectApiOptions): void {
  const wrong = optionProblems('protectApi()', options, KINDS);
  if (wrong.length > 0) throw new ConfigurationError(wrong);
  const { audience = '', scopes = [], roles = [] } = options;
  const problems = [
    ...([audience].flat().some((one) => one.trim() !== '') ? [] : ['audience must name the API']),
    ...(scopes.length + roles.length > 0 ? [] : ['protectApi() must name scopes or roles that it asks for']),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function identityOf({ authority, allowedTenants, client }: ApiConfig): ClientSettings {
  const now = Date.now;
  const { clientId, credential } = client ?? {
    clientId: '',
    credential: { kind: 'secret', secret: '' } as const,
  };
  return createIdentity({
    clientId,
    credential: createCredential(credential, now, { authority }),
    authority,
    allowedTenants,
    redirectUri: '',
    scopes: [],
    now,
  });
}
