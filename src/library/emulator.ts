export {
  type Account,
  type AccountKind,
  type Emulator,
  type EmulatorEnvironment,
  type EmulatorOptions,
  type FaultRequest,
  type LedgerEntry,
  readSeed,
  type Seed,
  SeedError,
  startEmulator,
  type Tenant,
} from '../emulator/index.ts';
