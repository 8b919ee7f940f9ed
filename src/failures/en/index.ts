export { enFailures } from './failures.ts';
export { enTopics } from './topics.ts';
