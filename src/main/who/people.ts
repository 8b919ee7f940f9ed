import { isGuid } from '../../guid.ts';
import { PSEUDONYM, type Pseudonyms } from '../../sessions/index.ts';

/** People that a line of the log may be of. */
export interface People {
  /** Every pseudonym that they have or had, with whose it is. */
  readonly pseudonyms: ReadonlyMap<string, string>;
  /** Whose line it is, as they were given; undefined for anybody else's. */
  whoseIs(line: string): string | undefined;
}

const USERNAME = /^[^@]+@[^@]+$/;
/** What stands between names in a list, in a file of separated values and in JSON. */
const BETWEEN_NAMES = /[\s,;:"{}[\]]+/;

/** One person, by the username or the object id. @param keys of each secret that the log was written with */
export function personOf(user: string, keys: readonly Pseudonyms[]): People {
  return peopleOf(new Map(pseudonymsOf(user, keys).map((pseudonym) => [pseudonym, user])));
}

/** Everybody whose username or object id stands in a text. In a line with both, they are of one person. */
export function everybodyIn(text: string, keys: readonly Pseudonyms[]): People {
  const labels = new Map<string, string>();
  for (const line of text.split('\n')) {
    const names = line
      .split(BETWEEN_NAMES)
      .filter((name) => USERNAME.test(name) || objectIdIn(name) !== undefined);
    const label = names.find((name) => USERNAME.test(name)) ?? names[0] ?? '';
    for (const name of names) for (const pseudonym of pseudonymsOf(name, keys)) labels.set(pseudonym, label);
  }
  return peopleOf(labels);
}

function peopleOf(labels: ReadonlyMap<string, string>): People {
  return {
    pseudonyms: labels,
    whoseIs(line) {
      const found = line.match(PSEUDONYM)?.find((pseudonym) => labels.has(pseudonym));
      return found === undefined ? undefined : labels.get(found);
    },
  };
}

function pseudonymsOf(name: string, keys: readonly Pseudonyms[]): string[] {
  const objectId = objectIdIn(name.trim());
  return keys.map((key) => (objectId === undefined ? key.ofUsername(name) : key.ofObjectId(objectId)));
}

/** Also in front of a tenant's id, as the library for sign-ins writes it. */
function objectIdIn(name: string): string | undefined {
  const [objectId, ...more] = name.split('.');
  return isGuid(objectId) && more.length <= 1 && more.every(isGuid) ? objectId : undefined;
}
