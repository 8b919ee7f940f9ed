export { nlAccess } from './access.ts';
export { nlDirectory } from './directory.ts';
export { nlFailures } from './failures.ts';
export { nl } from './pages.ts';
export { nlTopics } from './topics.ts';
