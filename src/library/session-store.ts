export {
  createMemoryRecords,
  type NoteRecords,
  type SessionRecords,
  type StoreCheck,
  storeChecks,
  storeUnavailable,
} from '../sessions/index.ts';
