/** A user as Microsoft Graph has it: the default properties in their documented order first (wire reference G2). */
export interface DirectoryUser {
  readonly businessPhones: readonly string[];
  readonly displayName: string;
  readonly givenName: string | null;
  readonly jobTitle: string | null;
  readonly mail: string | null;
  readonly mobilePhone: string | null;
  readonly officeLocation: string | null;
  readonly preferredLanguage: string | null;
  readonly surname: string | null;
  readonly userPrincipalName: string;
  readonly id: string;
  readonly mailNickname: string | null;
  readonly userType: 'Member' | 'Guest';
  readonly accountEnabled: boolean;
  readonly department: string | null;
  /** Other documented properties that somebody set. */
  readonly [property: string]: unknown;
}
