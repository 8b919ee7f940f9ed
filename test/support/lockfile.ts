/** One package of package-lock.json. */
export interface LockedPackage {
  integrity?: string;
  resolved?: string;
  /** A folder of this project: its files are what is committed. */
  link?: true;
  /** Comes inside another package's archive, which has the integrity. */
  inBundle?: true;
}

export interface Lockfile {
  packages: Record<string, LockedPackage>;
}

/** SHA-512 in base64, as npm writes it. */
const INTEGRITY = /^sha512-[A-Za-z0-9+/]{86}==$/;

/**
 * What is wrong with the entries: each has the digest that its archive has to have, on whatever platform it is
 * installed, and names no place where somebody's registry keeps it.
 */
export function lockfileProblems({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([name, locked]) => {
    if (name === '') return [];
    const isElsewhere = locked.link === true || locked.inBundle === true;
    return [
      ...(isElsewhere || INTEGRITY.test(locked.integrity ?? '') ? [] : [`${name} has no integrity`]),
      ...(locked.resolved === undefined || locked.link === true ? [] : [`${name} is tied to an address`]),
    ];
  });
}
