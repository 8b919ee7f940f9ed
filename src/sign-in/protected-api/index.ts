export { refuseCall } from './challenge.ts';
export { onBehalfOf } from './on-behalf-of.ts';
export { type ProtectApiOptions, protectApi } from './protect-api.ts';
export { protectedResourceMetadata, type ResourceMetadataOptions } from './resource-metadata.ts';
