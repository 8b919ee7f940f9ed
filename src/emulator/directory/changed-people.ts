import type { AllPeople } from './all-people.ts';
import type { DirectoryUser } from './directory-user.ts';

/** People as somebody changed them: held for those alone. */
export interface ChangedPeople {
  /** The person at a position from 0 to size - 1. */
  at(position: number): DirectoryUser | undefined;
  /** The person with this id or user principal name. */
  find(idOrName: string): DirectoryUser | undefined;
  /** How many were taken out who are no accounts. */
  removed(): number;
  /** Sets properties of somebody. */
  change(id: string, changes: Readonly<Record<string, unknown>>): void;
  /** Takes somebody out; an account has to be taken out of the registry too. */
  remove(id: string): void;
}

/** Creates them, nothing changed at first. */
export function createChangedPeople(people: AllPeople): ChangedPeople {
  const changes = new Map<string, Readonly<Record<string, unknown>>>();
  const removed = new Set<string>();
  const shown = (user: DirectoryUser | undefined): DirectoryUser | undefined => {
    if (user === undefined || removed.has(user.id)) return undefined;
    const changed = changes.get(user.id);
    return changed === undefined ? user : { ...user, ...changed };
  };
  /** Somebody whose user principal name was changed. */
  const renamed = (wanted: string): DirectoryUser | undefined => {
    const isWanted = ({ userPrincipalName: name }: Readonly<Record<string, unknown>>): boolean =>
      typeof name === 'string' && name.toLowerCase() === wanted;
    const [id] = [...changes].find(([, changed]) => isWanted(changed)) ?? [];
    return id === undefined ? undefined : shown(people.find(id));
  };
  return {
    at: (position) => shown(people.at(position)),
    find(idOrName) {
      const wanted = idOrName.toLowerCase();
      const found = shown(people.find(wanted));
      const isStill = found?.id === wanted || found?.userPrincipalName.toLowerCase() === wanted;
      return isStill ? found : renamed(wanted);
    },
    removed: () => removed.size,
    change: (id, given) => void changes.set(id, { ...changes.get(id), ...given }),
    remove(id) {
      if (!people.isAccount(id)) removed.add(id);
    },
  };
}
