import { type GraphRoute, LIST, route } from '../graph-route.ts';
import {
  application,
  applications,
  changeApplication,
  createApplication,
  deleteApplication,
} from './applications.ts';
import {
  addFederatedCredential,
  changeFederatedCredential,
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

/** The calls about apps: their registrations, what they may do, and what stands for them in a tenant. */
export const APP_ROUTES: readonly GraphRoute[] = [
  route('GET applications', applications, LIST),
  route('POST applications', createApplication),
  route('GET applications/{id}', application),
  route('PATCH applications/{id}', changeApplication),
  route('DELETE applications/{id}', deleteApplication),
  route('POST applications/{id}/addPassword', addPassword),
  route('POST applications/{id}/removePassword', removePassword),
  route('GET applications/{id}/federatedIdentityCredentials', federatedCredentials, LIST),
  route('POST applications/{id}/federatedIdentityCredentials', addFederatedCredential),
  route('PATCH applications/{id}/federatedIdentityCredentials/{credential}', changeFederatedCredential),
  route('DELETE applications/{id}/federatedIdentityCredentials/{credential}', removeFederatedCredential),
  route('GET servicePrincipals', servicePrincipals, LIST),
  route('POST servicePrincipals', createServicePrincipal),
  route('GET servicePrincipals/{id}', servicePrincipal),
  route('GET servicePrincipals/{id}/appRoleAssignments', roleAssignments, LIST),
  route('POST servicePrincipals/{id}/appRoleAssignments', assignRole),
  route('DELETE servicePrincipals/{id}/appRoleAssignments/{assignment}', removeRole),
  route('GET servicePrincipals/{id}/appRoleAssignedTo', roleAssignedTo, LIST),
  route('POST servicePrincipals/{id}/appRoleAssignedTo', assignRole),
  route('GET servicePrincipals/{id}/oauth2PermissionGrants', permissionGrantsOf, LIST),
  route('GET oauth2PermissionGrants', permissionGrants, LIST),
  route('POST oauth2PermissionGrants', createPermissionGrant),
  route('PATCH oauth2PermissionGrants/{id}', changePermissionGrant),
  route('DELETE oauth2PermissionGrants/{id}', deletePermissionGrant),
];
