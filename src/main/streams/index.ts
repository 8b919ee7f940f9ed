export { descriptorOf, STANDARD_ERROR, STANDARD_OUTPUT } from './descriptor.ts';
export { doNotWaitForTerminal } from './patient-terminal.ts';
export { createSayer, type Say } from './say.ts';
