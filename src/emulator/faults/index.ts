export { createFaults, type FaultRequest, type Faults, respondWithFaults } from './faults.ts';
export { FAULT_PRESETS, inWords } from './presets.ts';
