export { createExpiringTable, type ExpiringTable } from './expiring-table.ts';
export { createMemoryRecords } from './memory-records.ts';
export type { NoteRecords, Part, SessionRecords } from './records.ts';
export { type StoreCheck, storeChecks } from './store-checks.ts';
export { storeUnavailable } from './store-unavailable.ts';
