export {
  createMemoryRecords,
  type NoteRecords,
  type SessionRecords,
  storeUnavailable,
} from '../sessions/index.ts';
