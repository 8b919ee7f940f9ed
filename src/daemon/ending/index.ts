export { errorLine } from './error-line.ts';
export { exitStatusOf } from './exit-status.ts';
export { asExpiredLink, ExpiredLink } from './expired-link.ts';
