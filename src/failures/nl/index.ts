export { nlFailures } from './failures.ts';
export { nlTopics } from './topics.ts';
