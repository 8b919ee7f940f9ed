/** A Microsoft Graph permission that the emulator knows by name. */
export interface Permission {
  readonly name: string;
  /** What the consent page says it lets the app do. */
  readonly words: string;
  /** Whether only an administrator may consent to it. */
  readonly adminOnly?: true;
}

/** The permissions of the users part of Microsoft Graph, in the documented spelling (wire reference G1). */
export const PERMISSIONS: readonly Permission[] = [
  { name: 'openid', words: 'Sign you in' },
  { name: 'profile', words: 'See your name and account name' },
  { name: 'email', words: 'See your email address' },
  { name: 'offline_access', words: 'Keep access to what you allow here while you are away' },
  { name: 'User.Read', words: 'Sign you in and read your profile' },
  { name: 'User.ReadBasic.All', words: 'Read the names, email addresses and photos of all users' },
  { name: 'User.ReadWrite', words: 'Read and change your profile' },
  { name: 'User.Read.All', words: 'Read the full profiles of all users', adminOnly: true },
  { name: 'User.ReadWrite.All', words: 'Read and change the full profiles of all users', adminOnly: true },
  { name: 'ProfilePhoto.Read.All', words: 'Read the photos of all users', adminOnly: true },
  { name: 'Application.Read.All', words: 'Read all applications', adminOnly: true },
  { name: 'Application.ReadWrite.All', words: 'Read and change all applications', adminOnly: true },
  {
    name: 'AppRoleAssignment.ReadWrite.All',
    words: 'Give apps and people application permissions and roles',
    adminOnly: true,
  },
  {
    name: 'DelegatedPermissionGrant.ReadWrite.All',
    words: 'Consent to delegated permissions for everybody',
    adminOnly: true,
  },
  { name: 'Directory.Read.All', words: 'Read everything in the directory', adminOnly: true },
  { name: 'Group.Read.All', words: 'Read all groups', adminOnly: true },
  { name: 'People.Read', words: 'Read the list of people who matter to you' },
  { name: 'Mail.Read', words: 'Read your mail' },
  { name: 'Calendars.Read', words: 'Read your calendars' },
];

/** Scopes of OpenID Connect, which belong to no resource. */
export const OIDC_SCOPES: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];

/** Finds a permission by name in any case; a permission nobody here knows keeps its own name. */
export function permissionNamed(name: string): Permission {
  const wanted = name.toLowerCase();
  const known = PERMISSIONS.find((one) => one.name.toLowerCase() === wanted);
  return known ?? { name, words: `Use the permission ${name}` };
}
