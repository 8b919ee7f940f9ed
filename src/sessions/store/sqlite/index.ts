export { openSqliteRecords } from './sqlite-records.ts';
