export { createMemoryRecords, type NoteRecords, type SessionRecords } from '../sessions/index.ts';
