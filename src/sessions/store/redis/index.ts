export { connectRedisRecords } from './redis-records.ts';
