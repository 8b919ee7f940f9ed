export { bindSecrets } from './bound-secrets.ts';
export { createPendingSignIns, type PendingSignIns, type Taken } from './pending-sign-ins.ts';
export { createPseudonyms, PSEUDONYM, type Pseudonyms } from './pseudonyms.ts';
export type { Sealer } from './sealing.ts';
export { createSealer } from './sealing.ts';
export {
  createSessions,
  type GroupedSession,
  type OpenSession,
  type Sessions,
  type StoredTokens,
} from './sessions.ts';
export { createSharedNotes } from './shared-notes.ts';
export type { NoteRecords, SessionRecords } from './store/index.ts';
export {
  createExpiringTable,
  createMemoryRecords,
  type ExpiringTable,
  type StoreCheck,
  storeChecks,
  storeUnavailable,
} from './store/index.ts';
