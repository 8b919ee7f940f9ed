import { existsSync, renameSync, rmSync } from 'node:fs';

/**
 * Moves a damaged file aside with its write-ahead log, so that somebody can look at it, and makes room for a new one.
 * @returns what an administrator should know
 */
export function moveAside(file: string, damage: string): string {
  const aside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  renameSync(file, aside);
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${aside}-wal`);
  rmSync(`${file}-shm`, { force: true });
  return `The session store ${file} was damaged (${damage}). It was moved to ${aside}, and there is a new one: everybody who was signed in has to sign in again.`;
}
