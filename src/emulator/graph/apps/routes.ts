import type { GraphEndpoint } from '../graph-call.ts';
import {
  application,
  applications,
  changeApplication,
  createApplication,
  deleteApplication,
} from './applications.ts';
import {
  addFederatedCredential,
  federatedCredentials,
  removeFederatedCredential,
} from './federated-credentials.ts';
import { addPassword, removePassword } from './passwords.ts';
import {
  changePermissionGrant,
  createPermissionGrant,
  deletePermissionGrant,
  permissionGrants,
  permissionGrantsOf,
} from './permission-grants.ts';
import { assignRole, removeRole, roleAssignedTo, roleAssignments } from './role-assignments.ts';
import { createServicePrincipal, servicePrincipal, servicePrincipals } from './service-principals.ts';

/** Apps: what is read as a list, as one, and what changes them. */
export const APP_ROUTES: {
  readonly lists: Readonly<Record<string, GraphEndpoint>>;
  readonly single: Readonly<Record<string, GraphEndpoint>>;
  readonly writes: readonly (readonly ['POST' | 'PATCH' | 'DELETE', string, GraphEndpoint])[];
} = {
  lists: {
    applications,
    'applications/{id}/federatedIdentityCredentials': federatedCredentials,
    servicePrincipals,
    'servicePrincipals/{id}/appRoleAssignments': roleAssignments,
    'servicePrincipals/{id}/appRoleAssignedTo': roleAssignedTo,
    'servicePrincipals/{id}/oauth2PermissionGrants': permissionGrantsOf,
    oauth2PermissionGrants: permissionGrants,
  },
  single: {
    'applications/{id}': application,
    'servicePrincipals/{id}': servicePrincipal,
  },
  writes: [
    ['POST', 'applications', createApplication],
    ['PATCH', 'applications/{id}', changeApplication],
    ['DELETE', 'applications/{id}', deleteApplication],
    ['POST', 'applications/{id}/addPassword', addPassword],
    ['POST', 'applications/{id}/removePassword', removePassword],
    ['POST', 'applications/{id}/federatedIdentityCredentials', addFederatedCredential],
    ['DELETE', 'applications/{id}/federatedIdentityCredentials/{credential}', removeFederatedCredential],
    ['POST', 'servicePrincipals', createServicePrincipal],
    ['POST', 'servicePrincipals/{id}/appRoleAssignments', assignRole],
    ['POST', 'servicePrincipals/{id}/appRoleAssignedTo', assignRole],
    ['DELETE', 'servicePrincipals/{id}/appRoleAssignments/{assignment}', removeRole],
    ['POST', 'oauth2PermissionGrants', createPermissionGrant],
    ['PATCH', 'oauth2PermissionGrants/{id}', changePermissionGrant],
    ['DELETE', 'oauth2PermissionGrants/{id}', deletePermissionGrant],
  ],
};
