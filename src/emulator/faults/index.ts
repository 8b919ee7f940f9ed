export { merged } from './fault.ts';
export { createFaults, type FaultRequest, type Faults, respondWithFaults } from './faults.ts';
export { forgedToken, SIGNATURES } from './forged-token.ts';
export { FAULT_PRESETS, inWords } from './presets.ts';
