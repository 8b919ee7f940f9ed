import { checkAddresses, readSeed, SeedError, type SeedInput } from '../registry/index.ts';
import type { World } from '../state/index.ts';

/**
 * Puts what a seed holds into an emulator that runs, besides or in the place of what is there. Its organisations must be
 * there already, and registrations do not make it strict.
 * @throws SeedError, and then nothing was put in
 */
export function putSeed(input: SeedInput, world: World): void {
  const seed = readSeed(input, world.tenants);
  const isThere = (id: string): boolean => world.tenants.some((one) => one.id === id);
  const unknown = seed.tenants.find((one) => !isThere(one.id));
  if (unknown !== undefined)
    throw new SeedError(`tenant ${unknown.id}: organisations are given at the start, with --seed`);
  checkAddresses(seed, world.allowedHosts);
  for (const registration of seed.registrations) world.putRegistration(registration);
  for (const account of seed.accounts) world.putAccount(account);
  world.directories.putGroups(seed.groups);
  for (const account of seed.accounts) world.directories.joinGroups(account);
  for (const [call, body] of Object.entries(seed.graph)) world.graphResponses.set(call, body);
}
