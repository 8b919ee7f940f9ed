import {
  checkAddresses,
  type Registration,
  type RegistrationInput,
  readSeed,
  SeedError,
} from '../registry/index.ts';
import type { World } from '../state/index.ts';
import { registrationInput } from './seed-export.ts';

const MAX_REGISTRATIONS = 1_000;

/**
 * Puts a registration in, or changes the one with this client id: what is left out stays as it was. It does not make
 * the emulator strict.
 * @throws SeedError for what a seed would not take either
 */
export function putRegistration(input: RegistrationInput, world: World): Registration {
  const { tenants, registrations, allowedHosts } = world;
  const before = registrations.find((one) => one.clientId === String(input.clientId).toLowerCase());
  const whole = before === undefined ? input : { ...registrationInput(before), ...input };
  const seed = readSeed({ registrations: [whole] }, tenants);
  checkAddresses(seed, allowedHosts);
  const [registration] = seed.registrations;
  if (registration === undefined) throw new SeedError('a registration needs a clientId');
  if (before === undefined && registrations.length >= MAX_REGISTRATIONS)
    throw new SeedError(`the emulator holds ${MAX_REGISTRATIONS} registrations at most`);
  world.putRegistration(registration);
  return registration;
}

/** Takes a registration out. @throws SeedError when there is none */
export function removeRegistration(clientId: string, world: World): void {
  const id = clientId.toLowerCase();
  if (!world.registrations.some((one) => one.clientId === id))
    throw new SeedError(`there is no registration ${clientId}`);
  world.removeRegistration(id);
}
