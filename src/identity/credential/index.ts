export { type Credential, createCredential } from './credential.ts';
export { createManagedIdentity } from './managed-identity.ts';
