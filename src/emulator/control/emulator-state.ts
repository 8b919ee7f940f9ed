import { createFaults, FAULT_PRESETS, type Faults, inWords } from '../faults/index.ts';
import { createWorld, resetWorld, type World, type WorldParts } from '../state/index.ts';

/** All of an emulator: its world, and what is going to go wrong in it. */
export interface EmulatorState extends World {
  readonly faults: Faults;
}

/** Creates an emulator at its start. */
export function createEmulatorState(parts: Omit<WorldParts, 'faultMenu'>): EmulatorState {
  const faults = createFaults();
  const faultMenu = { presets: FAULT_PRESETS, waiting: () => faults.waiting().map(inWords) };
  return Object.assign(createWorld({ ...parts, faultMenu }), { faults });
}

/** Back to the start: nobody signed in, nothing consented, no fault, an empty ledger, old tokens worthless. */
export function resetEmulatorState(state: EmulatorState): void {
  resetWorld(state);
  state.faults.clear();
}
