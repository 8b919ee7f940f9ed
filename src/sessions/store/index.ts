export type { Part, SessionRecords } from './records.ts';
