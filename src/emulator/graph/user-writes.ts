import type { Directory, DirectoryUser } from '../directory/index.ts';
import { guidFor, type HttpResponse } from '../http/index.ts';
import { GraphError, type Row } from '../odata/index.ts';
import { type Account, account as accountOf, type Tenant } from '../registry/index.ts';
import type { World } from '../state/index.ts';
import { directoryTenant, requireAny } from './caller.ts';
import type { GraphCall } from './graph-call.ts';
import { graphJson, graphNoContent } from './graph-json.ts';
import { checkDeclared, jsonBody, requiredFlag, requiredText, valueRequired } from './json-body.ts';
import { directoryFor, directoryOf, isAboutOneself, notFound, subjectOf } from './person.ts';
import { isUserProperty, userJson } from './user-json.ts';

const WRITE = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
/** More people than a test makes would only fill the memory. */
const MAX_ACCOUNTS = 10_000;

/** POST /users: a new account, which can sign in at once. */
export function createUser(call: GraphCall): HttpResponse {
  const { http, world, caller } = call;
  const tenantId = directoryTenant(caller);
  const directory = directoryFor(call, WRITE);
  const body = jsonBody(http);
  const username = readNewUser(body, tenantOf(tenantId, world), directory);
  if (world.accounts.length >= MAX_ACCOUNTS)
    throw new GraphError('Request_BadRequest', `The emulator holds ${MAX_ACCOUNTS} accounts at most.`);
  const objectId = guidFor(`account ${username} in ${tenantId} at ${world.now()}`);
  world.putAccount(changedAccount(accountOf({ username, tenantId, objectId }), body));
  directory.change(objectId, otherChanges(body));
  const created = directory.find(objectId);
  if (created === undefined) throw notFound(objectId);
  return graphJson(http, 'users/$entity', userJson(created, undefined, false), 201);
}

/** The user principal name of a new user. @throws GraphError 400 as the directory says it */
function readNewUser(body: Row, tenant: Tenant, directory: Directory): string {
  const name = requiredText(body, 'userPrincipalName', 'User').toLowerCase();
  for (const property of ['displayName', 'mailNickname']) requiredText(body, property, 'User');
  requiredFlag(body, 'accountEnabled', 'User');
  if (typeof body.passwordProfile !== 'object' || body.passwordProfile === null)
    throw valueRequired('passwordProfile', 'User');
  checkName(name, tenant, directory);
  checkProperties(body);
  return name;
}

function checkName(name: string, tenant: Tenant, directory: Directory): void {
  if (name.split('@')[1] !== tenant.domain)
    throw new GraphError(
      'Request_BadRequest',
      'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
    );
  if (directory.find(name) !== undefined)
    throw new GraphError(
      'Request_BadRequest',
      'Another object with the same value for property userPrincipalName already exists.',
    );
}

function checkProperties(body: Row): void {
  const names = Object.keys(body).filter((name) => !name.startsWith('@'));
  checkDeclared(names, isUserProperty);
}

/** PATCH /users/{id} and /me */
export function changeUser(call: GraphCall): HttpResponse {
  const { http, world, caller } = call;
  const own = isAboutOneself(call) ? ['User.ReadWrite'] : [];
  const user = subjectOf(call, WRITE, own);
  const tenantId = directoryTenant(caller);
  const directory = directoryOf(call);
  const body = jsonBody(http);
  checkProperties(body);
  const name = body.userPrincipalName;
  if (typeof name === 'string' && name.toLowerCase() !== user.userPrincipalName.toLowerCase())
    checkName(name.toLowerCase(), tenantOf(tenantId, world), directory);
  const account = world.accounts.find((one) => one.objectId === user.id);
  if (account !== undefined) world.putAccount(changedAccount(account, body));
  directory.change(user.id, account === undefined ? body : otherChanges(body));
  return graphNoContent(http);
}

/** DELETE /users/{id}: nobody can sign in as that person any more. */
export function deleteUser(call: GraphCall): HttpResponse {
  const { http, world, caller } = call;
  requireAny(caller, WRITE);
  const user: DirectoryUser = subjectOf(call, WRITE);
  directoryOf(call).remove(user.id);
  world.removeAccount(user.id);
  world.validFrom.set(user.id, world.now() + 1);
  return graphNoContent(http);
}

function tenantOf(tenantId: string, world: World): Tenant {
  const tenant = world.tenants.find((one) => one.id === tenantId);
  if (tenant === undefined) throw notFound(tenantId);
  return tenant;
}

/** What tokens say of somebody is the account's; the rest is the directory's alone. */
function changedAccount(account: Account, body: Row): Account {
  const text = (name: string, before: string): string =>
    typeof body[name] === 'string' ? body[name] : before;
  return {
    ...account,
    username: text('userPrincipalName', account.username).toLowerCase(),
    displayName: text('displayName', account.displayName),
    givenName: text('givenName', account.givenName),
    surname: text('surname', account.surname),
    jobTitle: 'jobTitle' in body ? text('jobTitle', '') || null : account.jobTitle,
  };
}

function otherChanges(body: Row): Row {
  const ofAccount = [
    'userPrincipalName',
    'displayName',
    'givenName',
    'surname',
    'jobTitle',
    'id',
    'passwordProfile',
  ];
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => !ofAccount.includes(name) && !name.startsWith('@')),
  );
}
