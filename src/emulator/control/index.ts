export { type AccessTokenRequest, madeAccessToken } from './access-token.ts';
export { putAccount, removeAccount } from './accounts.ts';
export { reasonOf } from './control-response.ts';
export { createEmulatorState, type EmulatorState, resetEmulatorState } from './emulator-state.ts';
export {
  addFaults,
  addGraphResponses,
  addPreset,
  clearFaults,
  clearFaultsAndReturn,
  clearGraphResponses,
  graphResponses,
  ledger,
  reset,
  revoke,
  rotateKeys,
  waitingFaults,
} from './fault-control.ts';
export { signInByFetch } from './fetch-sign-in.ts';
export { createKeeper, readKeptState } from './kept-state.ts';
export {
  accounts,
  addAccounts,
  addRegistrations,
  addState,
  clock,
  deleteAccount,
  deleteRegistration,
  makeToken,
  moveClock,
  registrations,
  state,
} from './live-control.ts';
export { type BrowserPage, signInOnPage } from './page-sign-in.ts';
export { putRegistration, removeRegistration } from './registrations.ts';
export { seedFrom } from './seed-export.ts';
export { putSeed } from './seed-import.ts';
