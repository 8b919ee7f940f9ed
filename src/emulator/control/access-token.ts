import { z } from 'zod';
import { forgedToken, merged, SIGNATURES } from '../faults/index.ts';
import {
  type Account,
  accountByUsername,
  findResource,
  type Registration,
  type Resource,
} from '../registry/index.ts';
import { membershipClaims, type World } from '../state/index.ts';
import { type Claims, decodeToken, makeAppAccessToken, makeUserAccessToken } from '../tokens/index.ts';

const members = z.record(z.string(), z.unknown());
const tokenForm = z.strictObject({
  audience: z.string().min(1),
  username: z.string().toLowerCase().optional(),
  clientId: z.string().min(1).optional(),
  tenant: z.string().optional(),
  scopes: z.array(z.string()).default([]),
  roles: z.array(z.string()).optional(),
  expiresInSeconds: z.number().int().min(-100_000_000).max(100_000_000).default(3600),
  tokenVersion: z.union([z.literal(1), z.literal(2)]).optional(),
  claims: members.default({}),
  header: members.default({}),
  signature: z.enum(SIGNATURES).default('good'),
});

/** An access token as a test wants it. */
export interface AccessTokenRequest {
  /** The API: its App ID URI, its client id, or `https://graph.microsoft.com`. */
  audience: string;
  /** Whose it is; absent: the app's own. */
  username?: string | undefined;
  /** The client it was given to; by default the one that `environment()` names. */
  clientId?: string | undefined;
  /** Of an app's own token: the id or domain of the organisation; by default the first. */
  tenant?: string | undefined;
  scopes?: string[] | undefined;
  /** App roles; by default those that the person has there. */
  roles?: string[] | undefined;
  /** Default 3,600; negative for one that is over. */
  expiresInSeconds?: number | undefined;
  /** Other than what the API's registration says. */
  tokenVersion?: 1 | 2 | undefined;
  /** Claims set, or with null taken away. */
  claims?: Record<string, unknown> | undefined;
  /** Members of the header set, or with null taken away. */
  header?: Record<string, unknown> | undefined;
  /** How it is signed: `good`, or one of the forgeries that docs/emulator.md lists at "Tokens". */
  signature?: (typeof SIGNATURES)[number] | undefined;
}

type Wanted = z.output<typeof tokenForm>;

/** A token that was made, and how long it is good for. */
interface MadeToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

/**
 * Makes an access token without any sign-in or consent, as it is asked for.
 * @throws ZodError when the request has not the form, Error for a person, an organisation or an API that is not there
 */
export function madeAccessToken(request: AccessTokenRequest, origin: string, world: World): MadeToken {
  const wanted = tokenForm.parse(request);
  const resource = resourceFor(wanted, origin, world);
  const clientId = wanted.clientId ?? world.registrations[0]?.clientId ?? '';
  const made =
    wanted.username === undefined
      ? appToken(wanted, { resource, clientId, origin }, world)
      : personToken(accountNamed(wanted.username, world), wanted, { resource, clientId, origin }, world);
  return { token: changed(made, wanted, clientId, world), expiresInSeconds: wanted.expiresInSeconds };
}

function resourceFor({ audience, tokenVersion }: Wanted, origin: string, world: World): Resource {
  const found = findResource(audience, world, origin);
  if (found === undefined)
    throw new Error(
      'the audience must be a registered API, or without registrations an api:// or https:// URI or a GUID',
    );
  return tokenVersion === undefined ? found : { ...found, tokenVersion };
}

function accountNamed(username: string, world: World): Account {
  const account = accountByUsername(username, world.accounts);
  if (account === undefined) throw new Error(`there is no account ${username}`);
  return account;
}

interface Place {
  readonly resource: Resource;
  readonly clientId: string;
  readonly origin: string;
}

function personToken(account: Account, wanted: Wanted, place: Place, world: World): string {
  const { resource, clientId, origin } = place;
  const { registration, identifier, appId, isGraph } = resource;
  const api = { identifier, appId, isGraph, permissions: wanted.scopes, all: false };
  const memberships = membershipClaims({ account, registration, origin, roles: wanted.roles }, world);
  const grant = {
    ...{ clientId, account, api, origin, username: account.username, roles: wanted.roles },
    scopes: { openId: ['openid', 'profile', 'email'], apis: [api] },
    ...{ nonce: undefined, sid: crypto.randomUUID(), authTimeMs: world.now(), idTokenClaims: [] },
    ...{
      handlesClaims: false,
      isFamily: false,
      clientAuthentication: '1' as const,
      version: 2 as const,
      policy: '',
    },
  };
  const rolesAsked = wanted.roles === undefined ? {} : { roles: wanted.roles };
  const access = { grant, resource, scopes: wanted.scopes.join(' '), appName: appNamed(clientId, world) };
  return makeUserAccessToken({ ...access, memberships: { ...memberships, ...rolesAsked } }, world).token;
}

function appToken(wanted: Wanted, place: Place, world: World): string {
  const { tenant = world.tenants[0]?.id } = wanted;
  const found = world.tenants.find((one) => one.id === tenant || one.domain === tenant);
  if (found === undefined) throw new Error(`there is no organisation ${tenant}`);
  const roles = wanted.roles ?? [];
  const appName = appNamed(place.clientId, world);
  const more = { tenantId: found.id, roles, clientAuthentication: '1' as const, handlesClaims: false };
  return makeAppAccessToken({ ...place, ...more, appName }, world).token;
}

/** Tokens are made for apps that nobody registered, too. */
function appNamed(clientId: string, world: World): string {
  return registered(clientId, world)?.name ?? clientId;
}

function registered(clientId: string, { registrations }: World): Registration | undefined {
  return registrations.find((one) => one.clientId === clientId);
}

/** The token with its times, and with what was asked to be otherwise in it. */
function changed(token: string, wanted: Wanted, clientId: string, world: World): string {
  const claims = { ...timesOf(wanted.expiresInSeconds, world.now()), ...wanted.claims };
  if (token.startsWith('EwB')) {
    const sealed = world.seal.open(token.slice('EwB'.length));
    return `EwB${world.seal.close(merged({ ...(sealed as object) }, claims))}`;
  }
  const decoded = decodeToken(token);
  const [secret] = registered(clientId, world)?.secrets ?? [];
  const forgery = {
    header: merged({ ...decoded?.header }, wanted.header),
    payload: merged({ ...decoded?.claims }, claims),
    signature: wanted.signature,
    secret: secret?.value ?? '',
  };
  return forgedToken(forgery, world.keys);
}

/** One that is over was good for an hour. */
function timesOf(expiresInSeconds: number, nowMs: number): Claims {
  const now = Math.floor(nowMs / 1000);
  const start = expiresInSeconds > 0 ? now : now + expiresInSeconds - 3600;
  return { iat: start, nbf: start, exp: now + expiresInSeconds };
}
