export { deFailures } from './failures.ts';
export { deTopics } from './topics.ts';
