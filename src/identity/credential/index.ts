export { type Credential, createCredential, readOwnCertificate } from './credential.ts';
export { createManagedIdentity } from './managed-identity.ts';
