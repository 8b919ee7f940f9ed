export type { NoteRecords, Part, SessionRecords } from './records.ts';
