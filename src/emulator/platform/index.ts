export { adminConsent } from './admin-consent.ts';
export { deviceLogin } from './device-login.ts';
export { instance, keys, metadata, metadataV1 } from './discovery.ts';
export { logout } from './logout.ts';
export { type OpenidConfiguration, openidConfiguration } from './metadata.ts';
export { isResourceManagerPath, nothingInAzure } from './resource-manager.ts';
export { userRealm } from './user-realm.ts';
