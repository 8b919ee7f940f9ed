// Builds, then runs one of the programs in this same process, so that Ctrl-C, standard output and the exit status
// are the program's own. Usage: node scripts/start.mjs [web|daemon|doctor|emulator|log-who|register|sessions [arguments]]; it only builds without one.
// Plain JavaScript because it runs before there is a build; one script because `prestart` would not run where npm
// is told to ignore scripts.
import { fileURLToPath } from 'node:url';

const [program, ...programArguments] = process.argv.slice(2);
try {
  const { bundle } = await import('./build.mjs');
  await bundle();
} catch {
  console.error('The build failed. Did `npm ci` finish?');
  process.exit(1);
}
if (program !== undefined) {
  const built = new URL(`../dist/main/${program}.js`, import.meta.url);
  process.argv = [process.execPath, fileURLToPath(built), ...programArguments];
  await import(built.href);
}
