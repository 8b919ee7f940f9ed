import type { Account } from './accounts.ts';
import type { GroupSeed } from './group-seeds.ts';
import type { AppRole, ExposedScope, FederatedCredential, Registration, Secret } from './registrations.ts';
import type { Tenant } from './tenants.ts';

/** An account as a seed writes it; a username is enough. docs/emulator.md says what each member means. */
export interface AccountInput extends Partial<Account> {
  readonly username: string;
  /** Names or template ids of directory roles. */
  readonly directoryRoles?: readonly string[];
}

/** A group as a seed writes it. */
export interface GroupInput extends Partial<GroupSeed> {
  readonly displayName: string;
}

/** What a seed writes otherwise than it is kept, or not at all. */
type Otherwise =
  | 'federatedCredentials'
  | 'optionalClaims'
  | 'accessTokenClaims'
  | 'scopes'
  | 'appRoles'
  | 'friendly';

type ClaimInput = string | { name: string; additionalProperties?: readonly string[] | undefined };

/** An app registration as a seed writes it; a client id is enough. */
export interface RegistrationInput extends Partial<Omit<Registration, Otherwise>> {
  readonly clientId: string;
  readonly secrets?: readonly Pick<Secret, 'value' | 'expiresAt'>[];
  readonly federatedCredentials?: readonly (Omit<FederatedCredential, 'audience'> & {
    readonly audience?: string | undefined;
  })[];
  readonly optionalClaims?:
    | readonly ClaimInput[]
    | { idToken?: readonly ClaimInput[] | undefined; accessToken?: readonly ClaimInput[] | undefined }
    | undefined;
  readonly scopes?: readonly (string | (Partial<ExposedScope> & Pick<ExposedScope, 'value'>))[];
  readonly appRoles?: readonly (string | (Partial<AppRole> & Pick<AppRole, 'value'>))[];
}

/** A seed as it is written: accounts, registrations and the rest besides the built-in ones. */
export interface SeedInput {
  tenants?: Tenant[] | undefined;
  accounts?: AccountInput[] | undefined;
  registrations?: RegistrationInput[] | undefined;
  groups?: GroupInput[] | undefined;
  /** Responses of one's own, by path: `"/me/events"` or `"POST /me/sendMail"`. */
  graph?: Record<string, unknown> | undefined;
}
