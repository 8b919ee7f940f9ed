import type { Account } from './accounts.ts';
import type { Registration } from './registrations.ts';
import type { Registry } from './registry.ts';

/** A registry that changes while the emulator runs. Its lists are replaced, never changed. */
export interface LiveRegistry extends Registry {
  /** Puts an account in, or in the place of the one with the same object id. */
  putAccount(account: Account): void;
  removeAccount(objectId: string): void;
  /** Puts a registration in, or in the place of the one with the same client id. */
  putRegistration(registration: Registration): void;
  removeRegistration(clientId: string): void;
  /** Back to the start. */
  resetRegistry(): void;
}

/** Creates a registry that begins as the given one. */
export function createLiveRegistry(start: Registry): LiveRegistry {
  let { accounts, registrations } = start;
  return {
    tenants: start.tenants,
    strict: start.strict,
    tokenVersion: start.tokenVersion,
    allowedHosts: start.allowedHosts,
    get accounts() {
      return accounts;
    },
    get registrations() {
      return registrations;
    },
    putAccount(account) {
      accounts = put(accounts, account, (one) => one.objectId);
    },
    removeAccount(objectId) {
      accounts = accounts.filter((one) => one.objectId !== objectId);
    },
    putRegistration(registration) {
      registrations = put(registrations, registration, (one) => one.clientId);
    },
    removeRegistration(clientId) {
      registrations = registrations.filter((one) => one.clientId !== clientId);
    },
    resetRegistry() {
      ({ accounts, registrations } = start);
    },
  };
}

function put<One>(all: readonly One[], one: One, keyOf: (one: One) => string): readonly One[] {
  const at = all.findIndex((other) => keyOf(other) === keyOf(one));
  return at < 0 ? [...all, one] : all.with(at, one);
}
