import { guidFor } from '../../http/index.ts';
import type { Row } from '../../odata/index.ts';
import {
  identifierUrisOf,
  type Registration,
  type Registry,
  servicePrincipalId,
} from '../../registry/index.ts';
import { scopeIdOf } from './api-ids.ts';
import { keyCredential } from './key-credentials.ts';
import { requiredResourceAccess } from './permission-ids.ts';

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
  id: scopeIdOf(value, clientId),
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
  nativeAuthenticationApisEnabled: null,
  notes: null,
  parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: 'Allow' },
  publicClient: { redirectUris: [] },
  publisherDomain: null,
  requestSignatureVerification: null,
  samlMetadataUrl: null,
  serviceManagementReference: null,
  servicePrincipalLockConfiguration: null,
  tags: [],
  tokenEncryptionKeyId: null,
  uniqueName: null,
  verifiedPublisher: { addedDateTime: null, displayName: null, verifiedPublisherId: null },
};

/** A registration as Graph has it. @param withKeys shows the certificates themselves */
export function applicationJson(app: Registration, registry: Registry, withKeys = false): Row {
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
    keyCredentials: app.certificates.map((pem) => keyCredential(pem, withKeys)),
    optionalClaims: optionalClaimsJson(app),
    passwordCredentials: app.secrets.map(passwordJson),
    requiredResourceAccess: requiredResourceAccess(app, registry),
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
export function servicePrincipalJson(app: Registration, tenantId: string, registry: Registry): Row {
  const { info, appRoles, signInAudience, verifiedPublisher } = applicationJson(app, registry);
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

/** The registrations that are in a tenant. */
export function registrationsIn(tenantId: string, { registrations }: Registry): readonly Registration[] {
  return registrations.filter((one) => one.accountTypes !== 'single-tenant' || one.homeTenantId === tenantId);
}
