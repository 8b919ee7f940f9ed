import type { Page } from '../../support/browser.ts';
import { beginAnew, fault } from '../../support/stage.ts';
import type { World } from '../../support/world.ts';
import { signedIn } from './outcome.ts';

/** A fault of the list of users. */
export const users = (given: object, times: number | 'always' = 1) => ({ at: 'users', times, fault: given });

/** A page of people, asked for by somebody who has just signed in; what happened before does not count. */
export async function usersPageOf(world: World, faults: readonly object[]): Promise<Page> {
  const browser = await signedIn(world);
  await beginAnew(world);
  for (const one of faults) fault(world, one);
  return browser.visit(`${world.url}/graphcall`, { redirects: 0 });
}
