export { failureAsJson, failureHandler, failureReport } from './failure-handler.ts';
export { createFailurePages } from './failure-pages.ts';
export { failureShower } from './failure-shower.ts';
export { refusals } from './refusal.ts';
