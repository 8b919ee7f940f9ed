export { logLines } from './log-lines.ts';
export { everybodyIn, type People, personOf } from './people.ts';
