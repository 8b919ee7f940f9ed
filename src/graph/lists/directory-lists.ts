/** Collections of directory objects (Microsoft Graph: Advanced query capabilities on directory objects). */
const COLLECTIONS = new Set([
  'administrativeunits',
  'applications',
  'contacts',
  'devices',
  'directoryobjects',
  'groups',
  'oauth2permissiongrants',
  'serviceprincipals',
  'users',
]);
/** What of a directory object is a list of others. */
const RELATIONS = new Set([
  'approleassignedto',
  'approleassignments',
  'deleteditems',
  'directreports',
  'memberof',
  'members',
  'oauth2permissiongrants',
  'owneddevices',
  'ownedobjects',
  'owners',
  'registereddevices',
  'registeredowners',
  'registeredusers',
  'transitivememberof',
  'transitivemembers',
  'transitivereports',
]);
const OTHER_ROOTS = new Set(['directory', 'directoryroles', 'me']);

/** Whether a path of Graph is a list of directory objects, and not one of mails, logs or anything else. */
export function isDirectoryList(path: string): boolean {
  const [, , ...segments] = path.toLowerCase().split('/');
  const [root = '', ...more] = segments.filter((segment) => !segment.startsWith('microsoft.graph.'));
  const last = more.at(-1);
  if (last === undefined) return COLLECTIONS.has(root);
  return (COLLECTIONS.has(root) || OTHER_ROOTS.has(root)) && RELATIONS.has(last);
}
