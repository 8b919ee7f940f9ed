import { aadstsError } from '../aadsts/index.ts';
import { type Account, checkAccount, isPersonal, type SignInPlace } from '../registry/index.ts';
import { isAssigned } from './memberships.ts';
import type { World } from './world.ts';

/**
 * Checks that somebody may sign in at this authority to this app.
 * @throws AadstsError 500200, 500208, 50020, 50057 for a disabled account, 50105 for somebody who is not assigned
 */
export function checkPerson(account: Account, place: SignInPlace, world: World): void {
  checkAccount(account, place);
  const { clientId, name } = place.registration;
  const user = account.username;
  if (isDisabled(account, world)) throw aadstsError(50057);
  if (!isAssigned(account, place.registration, world))
    throw aadstsError(50105, { user, client: clientId, name });
}

/** Whether the directory says that somebody's account is disabled. */
export function isDisabled(account: Account, world: World): boolean {
  if (isPersonal(account)) return false;
  return world.directories.of(account.tenantId).find(account.objectId)?.accountEnabled === false;
}
