export { openEmbeddedStore } from './embedded-store.ts';
export { refuseNetworkFileSystem } from './network-file-systems.ts';
