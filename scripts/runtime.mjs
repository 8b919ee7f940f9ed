// Builds, and puts what runs, and nothing else, into a folder: for an image or a server that has no sources.
// Usage: node scripts/runtime.mjs FOLDER [PLATFORM], such as linux-arm64; without one, for machines like this one.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, EXTERNAL } from './build.mjs';

/** As a package has them, whatever umask it is made with: the service is another user. */
const MODES = { folder: 0o755, file: 0o644 };
const root = fileURLToPath(new URL('../', import.meta.url));
/** What of a package is loaded, beside its native part. Its sources, headers and types stay behind. */
const LOADED = /\.(c?js|mjs|json)$|^LICENSE/i;

const [given, platform = `${process.platform}-${process.arch}`] = process.argv.slice(2);
const problem =
  given === undefined || given.startsWith('-')
    ? 'Name the folder to make, and behind it a platform such as linux-arm64 if it is not for a machine like this one.'
    : problemOf(resolve(given));
if (problem !== undefined) {
  console.error(problem);
  process.exit(2);
}

const folder = resolve(given);
await bundle();
for (const part of ['dist/main', 'views', 'public', 'LICENSE'])
  cpSync(join(root, part), join(folder, part), { recursive: true, filter: (path) => !path.endsWith('.map') });
for (const name of new Set(EXTERNAL.flatMap(withDependencies))) copyPackage(name);
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`);
console.log(
  `${shown(folder)} is made (${(finish(folder) / 1e6).toFixed(0)} MB). It starts with: node dist/main/web.js`,
);

function problemOf(target) {
  const prebuilds = EXTERNAL.map((name) => join(root, 'node_modules', name, 'prebuilds')).filter(existsSync);
  const [missing] = prebuilds.filter((each) => !existsSync(join(each, platform)));
  if (missing !== undefined)
    return `There is no native part for ${shown(platform)}: one of ${readdirSync(missing).join(', ')}.`;
  const made = makeFolder(target);
  if (made !== undefined) return `${shown(target)} cannot be made (${made}).`;
  if (readdirSync(target).length > 0)
    return `${shown(target)} is not empty: name a folder that is not there yet, such as ${shown(target)}.new`;
  return undefined;
}

/** With all above it, one by one: below /proc `recursive` tries for ever. @returns the code of what went wrong */
function makeFolder(path) {
  if (existsSync(path)) return statSync(path).isDirectory() ? undefined : 'a file is in its place';
  const above = makeFolder(dirname(path));
  if (above !== undefined) return above;
  try {
    mkdirSync(path);
    chmodSync(path, MODES.folder);
    return undefined;
  } catch ({ code }) {
    return code;
  }
}

/** Nothing that a terminal would obey. */
function shown(text) {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd');
}

/** Sets the modes. @returns the size in bytes */
function finish(path) {
  const isFolder = statSync(path).isDirectory();
  chmodSync(path, isFolder ? MODES.folder : MODES.file);
  if (!isFolder) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + finish(join(path, name)), 0);
}

function readManifest(path) {
  return JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
}

/** Headers for building a native part are loaded by nothing. */
function withDependencies(name) {
  const { dependencies = {} } = readManifest(join(root, 'node_modules', name));
  return [
    name,
    ...Object.keys(dependencies)
      .filter((each) => each !== 'node-addon-api')
      .flatMap(withDependencies),
  ];
}

function copyPackage(name) {
  const from = join(root, 'node_modules', name);
  const to = join(folder, 'node_modules', name);
  mkdirSync(to, { recursive: true });
  const loaded = readdirSync(from).filter((entry) => LOADED.test(entry));
  for (const entry of [...loaded, 'dist', `prebuilds/${platform}`].filter((each) =>
    existsSync(join(from, each)),
  ))
    cpSync(join(from, entry), join(to, entry), {
      recursive: true,
      filter: (path) => !basename(path).includes('.d.') && !path.endsWith('.map'),
    });
}

/** Of the programs; what they are made of is in them, but for the packages with a native part. */
function manifest() {
  const { name, version, license, engines, devDependencies } = readManifest(root);
  const dependencies = Object.fromEntries(EXTERNAL.map((each) => [each, devDependencies[each]]));
  return { name, version, license, private: true, type: 'module', engines, dependencies };
}
