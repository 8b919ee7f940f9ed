export { type ApiConfig, readApiConfig } from './api.ts';
export { type Config, type CredentialSource, readConfig } from './config.ts';
export { type Environment, isLoopback } from './variables.ts';
