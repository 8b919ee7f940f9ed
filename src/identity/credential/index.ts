export { type Credential, createCredential } from './credential.ts';
