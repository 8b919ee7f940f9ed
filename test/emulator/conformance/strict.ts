import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { REDIRECT_URI } from '../stage.ts';
import { ask, type Seen } from '../visitor.ts';

export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const NIA = 'nia.okafor@contoso.example';
export const SAM = 'sam.rivera@mailbox.example';
export const PRIYA = 'priya.raman@fabrikam.example';
export const JONAS = 'jonas.lindqvist@tailspin.example';
export const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad';
export const NOBODYS_ID = '0f0c7d3e-2b1a-4c9d-8e7f-6a5b4c3d2e1f';
export const SPA_URI = 'http://localhost:5173/';

/** Apps of the strict emulator, by what is special about them. */
export const STRICT = {
  single: '5f0c7d3e-2b1a-4c9d-8e7f-000000000001',
  workOnly: '5f0c7d3e-2b1a-4c9d-8e7f-000000000002',
  noUri: '5f0c7d3e-2b1a-4c9d-8e7f-000000000003',
  expired: '5f0c7d3e-2b1a-4c9d-8e7f-000000000004',
  public: '5f0c7d3e-2b1a-4c9d-8e7f-000000000005',
  assigned: '5f0c7d3e-2b1a-4c9d-8e7f-000000000006',
  spa: '5f0c7d3e-2b1a-4c9d-8e7f-000000000007',
  listing: '5f0c7d3e-2b1a-4c9d-8e7f-000000000008',
  family: '5f0c7d3e-2b1a-4c9d-8e7f-000000000009',
} as const;

/** An emulator that knows these apps only, each with the secret `right`. */
export function strictStage(): Promise<Emulator> {
  const base = { redirectUris: [REDIRECT_URI], secrets: [{ value: 'right' }] };
  const registrations = [
    { clientId: STRICT.single, ...base, accountTypes: 'single-tenant' },
    { clientId: STRICT.workOnly, ...base, accountTypes: 'multi-tenant' },
    { clientId: STRICT.noUri, secrets: base.secrets },
    { clientId: STRICT.expired, ...base, secrets: [{ value: 'old', expiresAt: '2020-01-01T00:00:00Z' }] },
    { clientId: STRICT.public, ...base, isPublic: true, secrets: [] },
    { clientId: STRICT.assigned, ...base, assignedTo: [NIA] },
    { clientId: STRICT.spa, ...base, spaRedirectUris: [SPA_URI] },
    {
      clientId: STRICT.listing,
      ...base,
      delegatedPermissions: ['Mail.Read'],
      applicationPermissions: ['User.Read.All'],
      optionalClaims: ['sid', 'upn'],
    },
    { clientId: STRICT.family, ...base, isFamily: true },
  ];
  return openEmulator({ seed: readSeed({ registrations }) });
}

/** Asks for the v2.0 discovery document of a tenant segment. */
export function discovery(emulator: Emulator, segment: string): Promise<Seen> {
  return ask(`${emulator.baseUrl}/${segment}/v2.0/.well-known/openid-configuration`);
}
