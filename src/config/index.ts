export { type Config, type CredentialSource, readConfig } from './config.ts';
