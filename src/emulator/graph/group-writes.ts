import type { Directory, Group } from '../directory/index.ts';
import { guidFor, type HttpResponse } from '../http/index.ts';
import { GraphError, type Row } from '../odata/index.ts';
import type { GraphCall } from './graph-call.ts';
import { graphJson, graphNoContent } from './graph-json.ts';
import { groupJson, groupProperty } from './group-json.ts';
import { groupOf } from './groups.ts';
import { checkDeclared, jsonBody, referencedId, requiredFlag, requiredText } from './json-body.ts';
import { directoryFor, notFound } from './person.ts';

const WRITE = ['Group.ReadWrite.All', 'Directory.ReadWrite.All'];
const WRITE_MEMBERS = [...WRITE, 'GroupMember.ReadWrite.All'];
const MAX_GROUPS = 10_000;

/** POST /groups */
export function createGroup(call: GraphCall): HttpResponse {
  const directory = directoryFor(call, WRITE);
  const body = jsonBody(call.http);
  const displayName = requiredText(body, 'displayName', 'Group');
  const mailNickname = requiredText(body, 'mailNickname', 'Group');
  const mailEnabled = requiredFlag(body, 'mailEnabled', 'Group');
  const securityEnabled = requiredFlag(body, 'securityEnabled', 'Group');
  if (directory.groups.all().length >= MAX_GROUPS)
    throw new GraphError('Request_BadRequest', `The emulator holds ${MAX_GROUPS} groups at most.`);
  const created: Group = {
    id: guidFor(`group ${displayName} ${directory.groups.all().length} at ${call.world.now()}`),
    description: null,
    mail: null,
    groupTypes: [],
    visibility: null,
    createdDateTime: new Date(call.world.now()).toISOString().replace(/\.\d+/, ''),
    ...ownProperties(body),
    displayName,
    mailNickname,
    mailEnabled,
    securityEnabled,
  };
  directory.groups.put(created);
  directory.changes.note('group', created.id);
  for (const id of boundMembers(body)) addTo(created, id, directory);
  return graphJson(call.http, 'groups/$entity', groupJson(created, undefined), 201);
}

function ownProperties(body: Row): Row {
  const names = Object.keys(body).filter((name) => !name.includes('@'));
  checkDeclared(names, (name) => groupProperty(name) === name);
  return Object.fromEntries(names.filter((name) => name !== 'id').map((name) => [name, body[name]]));
}

/** `members@odata.bind`: addresses of those who are members from the start. */
function boundMembers(body: Row): readonly string[] {
  const bound = body['members@odata.bind'];
  return Array.isArray(bound) ? bound.map((one) => referencedId({ '@odata.id': one })) : [];
}

/** PATCH /groups/{id} */
export function changeGroup(call: GraphCall): HttpResponse {
  const directory = directoryFor(call, WRITE);
  const found = groupOf(call, directory);
  const body = jsonBody(call.http);
  directory.groups.put({ ...found, ...ownProperties(body) });
  directory.changes.note('group', found.id);
  for (const id of boundMembers(body)) addTo(found, id, directory);
  return graphNoContent(call.http);
}

/** DELETE /groups/{id} */
export function deleteGroup(call: GraphCall): HttpResponse {
  const directory = directoryFor(call, WRITE);
  const found = groupOf(call, directory);
  directory.groups.remove(found.id);
  directory.changes.note('group', found.id);
  return graphNoContent(call.http);
}

/** POST /groups/{id}/members/$ref */
export function addMember(call: GraphCall): HttpResponse {
  const directory = directoryFor(call, WRITE_MEMBERS);
  addTo(groupOf(call, directory), referencedId(jsonBody(call.http)), directory);
  return graphNoContent(call.http);
}

function addTo(found: Group, reference: string, directory: Directory): void {
  const id = directory.find(reference)?.id ?? directory.groups.find(reference)?.id;
  if (id === undefined) throw notFound(reference);
  directory.changes.note('group', found.id);
  if (directory.groups.addMember(found.id, id)) return;
  throw new GraphError(
    'Request_BadRequest',
    "One or more added object references already exist for the following modified properties: 'members'.",
  );
}

/** DELETE /groups/{id}/members/{member}/$ref */
export function removeMember(call: GraphCall): HttpResponse {
  const directory = directoryFor(call, WRITE_MEMBERS);
  const found = groupOf(call, directory);
  const member = (call.params.member ?? '').toLowerCase();
  if (!directory.groups.removeMember(found.id, member)) throw notFound(member);
  directory.changes.note('group', found.id);
  return graphNoContent(call.http);
}
