export { errorLine } from './error-line.ts';
export { EXIT, type ExitStatus, exitStatusOf } from './exit-status.ts';
