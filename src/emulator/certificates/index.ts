export { certificate } from './certificate.ts';
export { type KeptCertificate, keptCertificate } from './kept-certificate.ts';
export { KeptFileError, keepPrivate, readPrivate } from './private-file.ts';
