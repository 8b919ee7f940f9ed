// Builds, then runs one of the programs in this same process, so that Ctrl-C, standard output and the exit status
// are the program's own. Usage: node scripts/start.mjs [web|daemon|doctor|emulator|log-who|register|sessions [arguments]]; it only builds without one.
// Plain JavaScript because it runs before there is a build; one script because `prestart` would not run where npm
// is told to ignore scripts.
// With --as-built in front it builds nothing.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const given = process.argv.slice(2);
const asBuilt = given[0] === '--as-built';
const [program, ...programArguments] = asBuilt ? given.slice(1) : given;
try {
  const { bundle } = asBuilt ? { bundle() {} } : await import('./build.mjs');
  await bundle();
} catch {
  console.error('The build failed. Did `npm ci` finish?');
  process.exit(1);
}
if (program !== undefined) {
  const built = new URL(`../dist/main/${program}.js`, import.meta.url);
  if (!existsSync(built)) {
    console.error('There is no build yet: npm run build makes it.');
    process.exit(2);
  }
  process.argv = [process.execPath, fileURLToPath(built), ...programArguments];
  await import(built.href);
}
