import { guidFor } from '../http/index.ts';
import type { Row } from '../odata/index.ts';
import {
  identifierUrisOf,
  PERMISSIONS,
  type Registration,
  type Registry,
  servicePrincipalId,
} from '../registry/index.ts';

const AUDIENCES = {
  'single-tenant': 'AzureADMyOrg',
  'multi-tenant': 'AzureADMultipleOrgs',
  'multi-tenant-and-personal': 'AzureADandPersonalMicrosoftAccount',
  personal: 'PersonalMicrosoftAccount',
} as const;

/** The value of signInAudience and the account types that it means. */
export function accountTypesOf(audience: unknown): Registration['accountTypes'] | undefined {
  const found = Object.entries(AUDIENCES).find(([, value]) => value === audience);
  return found?.[0] as Registration['accountTypes'] | undefined;
}

/** The object that stands for a registration where it was made. */
export function applicationId(clientId: string): string {
  return guidFor(`application ${clientId}`);
}

const roleJson = ({ id, value, displayName, for: who }: Registration['appRoles'][number]): Row => ({
  allowedMemberTypes: who.map((one) => (one === 'users' ? 'User' : 'Application')),
  description: displayName,
  displayName,
  id,
  isEnabled: true,
  origin: 'Application',
  value,
});

const scopeJson = ({ value, words, adminOnly }: Registration['scopes'][number], clientId: string): Row => ({
  adminConsentDescription: words,
  adminConsentDisplayName: words,
  id: guidFor(`scope ${value} of ${clientId}`),
  isEnabled: true,
  type: adminOnly ? 'Admin' : 'User',
  userConsentDescription: words,
  userConsentDisplayName: words,
  value,
});

/** What an application has that nothing here has a value for, in the captured set of properties (wire reference K5). */
const EMPTY_APPLICATION: Row = {
  addIns: [],
  applicationTemplateId: null,
  certification: null,
  createdByAppId: null,
  createdDateTime: null,
  defaultRedirectUri: null,
  deletedDateTime: null,
  description: null,
  disabledByMicrosoftStatus: null,
  info: {
    logoUrl: null,
    marketingUrl: null,
    privacyStatementUrl: null,
    supportUrl: null,
    termsOfServiceUrl: null,
  },
  isDeviceOnlyAuthSupported: null,
  isDisabled: null,
  keyCredentials: [],
  nativeAuthenticationApisEnabled: null,
  notes: null,
  parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: 'Allow' },
  publicClient: { redirectUris: [] },
  publisherDomain: null,
  requestSignatureVerification: null,
  requiredResourceAccess: [],
  samlMetadataUrl: null,
  serviceManagementReference: null,
  servicePrincipalLockConfiguration: null,
  tags: [],
  tokenEncryptionKeyId: null,
  uniqueName: null,
  verifiedPublisher: { addedDateTime: null, displayName: null, verifiedPublisherId: null },
};

/** A registration as Graph has it. */
export function applicationJson(app: Registration): Row {
  return {
    id: applicationId(app.clientId),
    ...EMPTY_APPLICATION,
    api: {
      acceptMappedClaims: null,
      knownClientApplications: [],
      oauth2PermissionScopes: app.scopes.map((one) => scopeJson(one, app.clientId)),
      preAuthorizedApplications: [],
      requestedAccessTokenVersion: app.tokenVersion ?? null,
    },
    appId: app.clientId,
    appRoles: app.appRoles.map(roleJson),
    displayName: app.name,
    groupMembershipClaims: app.groupMembershipClaims ?? null,
    identifierUris: identifierUrisOf(app),
    isFallbackPublicClient: app.isPublic,
    optionalClaims: optionalClaimsJson(app),
    passwordCredentials: app.secrets.map(passwordJson),
    signInAudience: AUDIENCES[app.accountTypes],
    spa: { redirectUris: app.spaRedirectUris },
    web: {
      homePageUrl: null,
      implicitGrantSettings: {
        enableAccessTokenIssuance: false,
        enableIdTokenIssuance: app.implicitIdTokens,
      },
      logoutUrl: app.logoutUri ?? null,
      redirectUris: app.redirectUris,
      redirectUriSettings: [],
    },
  };
}

/** A secret as everybody may see it: never its value. */
export function passwordJson({ value, expiresAt, keyId, displayName }: Registration['secrets'][number]): Row {
  return {
    customKeyIdentifier: null,
    displayName: displayName ?? null,
    endDateTime: expiresAt ?? null,
    hint: value.slice(0, 3),
    keyId: keyId ?? guidFor(`secret ${value}`),
    secretText: null,
    startDateTime: null,
  };
}

function optionalClaimsJson({ optionalClaims, accessTokenClaims }: Registration): Row | null {
  if (optionalClaims.length + accessTokenClaims.length === 0) return null;
  const json = (claims: readonly string[]): readonly Row[] => {
    const names = [...new Set(claims.map((one) => one.split(':')[0] ?? one))];
    return names.map((name) => ({
      name,
      source: null,
      essential: false,
      additionalProperties: claims.flatMap((one) =>
        one.startsWith(`${name}:`) ? [one.slice(name.length + 1)] : [],
      ),
    }));
  };
  return { idToken: json(optionalClaims), accessToken: json(accessTokenClaims), saml2Token: [] };
}

/** … and what a service principal has. */
const EMPTY_PRINCIPAL: Row = {
  accountEnabled: true,
  addIns: [],
  alternativeNames: [],
  appDescription: null,
  applicationTemplateId: null,
  createdByAppId: null,
  createdDateTime: null,
  deletedDateTime: null,
  description: null,
  disabledByMicrosoftStatus: null,
  homepage: null,
  isDisabled: null,
  keyCredentials: [],
  loginUrl: null,
  notes: null,
  notificationEmailAddresses: [],
  passwordCredentials: [],
  preferredSingleSignOnMode: null,
  preferredTokenSigningKeyThumbprint: null,
  resourceSpecificApplicationPermissions: [],
  samlSingleSignOnSettings: null,
  servicePrincipalType: 'Application',
  tags: [],
  tokenEncryptionKeyId: null,
};

/** The object that stands for an app in a tenant. */
export function servicePrincipalJson(app: Registration, tenantId: string): Row {
  const { info, appRoles, signInAudience, verifiedPublisher } = applicationJson(app);
  return {
    id: servicePrincipalId(tenantId, app.clientId),
    ...EMPTY_PRINCIPAL,
    ...{ info, appRoles, signInAudience, verifiedPublisher },
    appDisplayName: app.name,
    appId: app.clientId,
    appOwnerOrganizationId: app.homeTenantId,
    appRoleAssignmentRequired: app.assignmentRequired || app.assignedTo !== undefined,
    displayName: app.name,
    logoutUrl: app.logoutUri ?? null,
    oauth2PermissionScopes: app.scopes.map((one) => scopeJson(one, app.clientId)),
    replyUrls: [...app.redirectUris, ...app.spaRedirectUris],
    servicePrincipalNames: [app.clientId, ...identifierUrisOf(app)],
  };
}

/** Microsoft Graph as an app of the tenant: the permissions that the emulator knows. */
export function graphAsRegistration(template: Registration, appId: string): Registration {
  const known = PERMISSIONS.filter((one) => one.name.includes('.'));
  return {
    ...template,
    clientId: appId,
    name: 'Microsoft Graph',
    homeTenantId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
    identifierUris: ['https://graph.microsoft.com'],
    redirectUris: [],
    scopes: known.map(({ name, words, adminOnly }) => ({
      value: name,
      words,
      adminOnly: adminOnly === true,
    })),
    appRoles: known
      .filter((one) => one.adminOnly === true)
      .map(({ name, words }) => ({
        id: guidFor(`role ${name}`),
        value: name,
        displayName: words,
        for: ['applications'],
      })),
  };
}

/** The registrations that are in a tenant. */
export function registrationsIn(tenantId: string, { registrations }: Registry): readonly Registration[] {
  return registrations.filter((one) => one.accountTypes !== 'single-tenant' || one.homeTenantId === tenantId);
}
