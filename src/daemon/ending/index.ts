export { errorLine } from './error-line.ts';
export { EXIT, type ExitStatus, exitStatusOf } from './exit-status.ts';
export { asExpiredLink, ExpiredLink } from './expired-link.ts';
