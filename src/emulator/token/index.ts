export { deviceCode } from './device-code.ts';
export { fetchIssuerKeys } from './issuer-keys.ts';
export { appServiceIdentity, machineIdentity } from './managed-identity.ts';
export { token } from './token.ts';
export { tokenError } from './token-json.ts';
export { userTokenBody } from './token-response.ts';
