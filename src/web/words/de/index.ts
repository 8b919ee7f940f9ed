export { deAccess } from './access.ts';
export { deDirectory } from './directory.ts';
export { deFailures } from './failures.ts';
export { de } from './pages.ts';
export { deTopics } from './topics.ts';
