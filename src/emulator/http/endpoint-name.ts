/** The endpoints by the names that faults use; `*` is any of them. */
export const ENDPOINTS = [
  '*',
  'metadata',
  'instance',
  'keys',
  'authorize',
  'token',
  'devicecode',
  'logout',
  'adminconsent',
  'managed-identity',
  'userinfo',
  'me',
  'users',
  'user',
  'count',
  'photo',
  'other',
] as const;

/** An endpoint's name. */
export type EndpointName = (typeof ENDPOINTS)[number];
