import { isOfCustomers } from '../../clouds.ts';
import type { Translate } from '../words/index.ts';
import type { Person } from './frame.ts';

/** An organisation as pages name it: its own name is not among what the app may read. */
interface OrganisationView {
  /** The domain of its people's user names; absent where that is not known. */
  domain: string | undefined;
  id: string;
  /** For a guest: that they are one, and where their account comes from. */
  guest: string | undefined;
  /** The same in a few words, for the header, where a text with values in it would cost every page. */
  short: { label: string; name: string };
}

const SHOWN_OF_ID = 8;
const DOMAIN = /@([\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.-]{0,252})$/u;
/** The user name that a directory gives a guest ends with its own domain instead of the guest's. */
const GIVEN_TO_GUEST = '#EXT#';

/**
 * The domain of an account's user name, where it says to which organisation the account belongs.
 * @param account `environment` is the host of its directory
 */
export function domainOf({
  username,
  environment,
}: {
  username: string;
  environment: string;
}): string | undefined {
  if (isOfCustomers(environment) || username.includes(GIVEN_TO_GUEST)) return undefined;
  return DOMAIN.exec(username)?.[1];
}

/** @returns undefined for a personal account, which belongs to no organisation */
export function organisationView(t: Translate, person: Person): OrganisationView | undefined {
  const { kind, tenantId: id, domain } = person;
  if (kind === 'personal') return undefined;
  if (kind === 'guest')
    return {
      id,
      domain: undefined,
      guest: guestText(t, domain),
      short: { label: t('organisation.shortGuest'), name: beginningOf(id) },
    };
  const short = { label: t('organisation.short'), name: domain ?? beginningOf(id) };
  return { id, domain, guest: undefined, short };
}

/** A whole id would fill the header; by its beginning it is told from the few others that somebody has. */
function beginningOf(id: string): string {
  return `${id.slice(0, SHOWN_OF_ID)}…`;
}

function guestText(t: Translate, domain: string | undefined): string {
  const guest = t('organisation.guest');
  return domain === undefined ? guest : `${guest} ${t('organisation.guestFrom', { domain })}`;
}
