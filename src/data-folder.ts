import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
} from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError, systemCodeOf } from './errors.ts';
import { makeFolder } from './make-folder.ts';
import { ownUser, userNameOf } from './user-name.ts';

/** A folder or file of the app's own, as it is called in sentences about it. */
interface Own {
  path: string;
  shown: string;
}

/** In DATA_DIR, which may be a folder that others use too. */
const PRIVATE_FOLDER = 'private';
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const OF_OTHERS = 0o077;
const WRITABLE_BY_EVERYBODY = 0o002;
const WITHOUT_FOLLOWING = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Where the app keeps what nobody else may read: the embedded store, and the secret that it made for the emulator. */
export function privateFolderOf(dataDir: string): string {
  return join(dataDir, PRIVATE_FOLDER);
}

/**
 * Makes DATA_DIR and the private folder in it, where they are missing, and makes sure that the private one and what is
 * in it are this user's alone.
 * @throws ConfigurationError with one sentence where they cannot be used
 */
export function prepareDataFolder(dataDir: string): void {
  const path = privateFolderOf(dataDir);
  try {
    makeFolder(dataDir, FOLDER_MODE);
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) mkdirSync(path, { mode: FOLDER_MODE });
    // Windows has neither such owners nor such modes
    if (process.geteuid !== undefined) takeAlone({ path, shown: PRIVATE_FOLDER });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError([folderProblem(systemCodeOf(error))]);
  }
}

/** Whether an app was started with this DATA_DIR. @throws ConfigurationError where this user may not know */
export function hasPrivateFolder(dataDir: string): boolean {
  try {
    return lstatSync(privateFolderOf(dataDir), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw new ConfigurationError([folderProblem(systemCodeOf(error))]);
  }
}

/** What is wrong with DATA_DIR, by the code that the system gave. */
export function folderProblem(code: string): string {
  const [, reason = () => ''] = REASONS.find(([codes]) => codes.test(code)) ?? [];
  return `DATA_DIR must be a folder that this app can write to (${code || 'unknown'}${reason()})`;
}

const REASONS: readonly (readonly [RegExp, () => string])[] = [
  [/^(EACCES|EPERM)$/, () => `: ${ownUser()} may not do so`],
  [/^(ENOTDIR|EEXIST)$/, () => ': a file is in its place'],
  [/^EROFS$/, () => ': its file system is read-only'],
  [/^(ENOSPC|EDQUOT)$/, () => ': its disk is full'],
];

function takeAlone(folder: Own): void {
  requireOwn(folder, 'isDirectory');
  requireNotForEverybody(folder);
  takeFromOthers(folder, FOLDER_MODE);
  for (const name of readdirSync(folder.path)) {
    const file = { path: join(folder.path, name), shown: `${folder.shown}/${name}` };
    requireOwn(file, 'isFile');
    takeFromOthers(file, FILE_MODE);
  }
}

/** A link could lead to what somebody else reads, and of a file of somebody else nobody knows what it holds. */
function requireOwn({ path, shown }: Own, isOfKind: 'isDirectory' | 'isFile'): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) refuse(`${shown} in it is a link, which is not followed: remove it`);
  if (!found[isOfKind]())
    refuse(`${shown} in it is no ${isOfKind === 'isFile' ? 'file' : 'folder'}: remove it`);
  if (found.uid === process.geteuid?.()) return;
  const owner = userNameOf(found.uid);
  refuse(`${shown} in it belongs to user ${owner}: run this as user ${owner}`);
}

function requireNotForEverybody({ path, shown }: Own): void {
  const { mode } = lstatSync(path);
  if ((mode & WRITABLE_BY_EVERYBODY) === 0) return;
  refuse(
    `${shown} in it may be written by everybody (${octal(mode)}): remove it, or set its mode to 700; where modes cannot be set, as on a file share, choose another folder, or set REDIS_URL and SESSION_SECRET`,
  );
}

/** Such as from the group of a Kubernetes volume, which gets its rights again at each start. */
function takeFromOthers({ path, shown }: Own, mode: number): void {
  // opened only where it has to be: closing a file that SQLite has open in this process takes SQLite's locks away
  if ((lstatSync(path).mode & OF_OTHERS) === 0) return;
  const descriptor = openSync(path, WITHOUT_FOLLOWING);
  try {
    setMode(descriptor, mode);
    const { mode: left } = fstatSync(descriptor);
    if ((left & OF_OTHERS) === 0) return;
    refuse(
      `the mode of ${shown} in it stays ${octal(left)}, as on a file share, so others may read it: choose a folder on a disk of this machine, or set REDIS_URL and SESSION_SECRET`,
    );
  } finally {
    closeSync(descriptor);
  }
}

/** A file share refuses it, or does nothing: what counts is the mode afterwards. */
function setMode(descriptor: number, mode: number): void {
  try {
    fchmodSync(descriptor, mode);
  } catch {}
}

const octal = (mode: number): string => (mode & 0o777).toString(8);

function refuse(sentence: string): never {
  throw new ConfigurationError([`DATA_DIR: ${sentence}`]);
}
