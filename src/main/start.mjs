// Builds, then runs one of the programs in this same process, so that Ctrl-C, standard output and the exit status
// are the program's own. Usage: node src/main/start.mjs web|daemon|emulator [arguments].
// Plain JavaScript because it runs before there is a build; one script because `prestart` would not run where npm
// is told to ignore scripts.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const [program, ...programArguments] = process.argv.slice(2);
const build = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: ['ignore', 2, 2],
});
if (build.status !== 0) {
  console.error('The build failed. Did `npm ci` finish?');
  process.exit(1);
}
const built = new URL(`../../dist/main/${program}.js`, import.meta.url);
process.argv = [process.execPath, fileURLToPath(built), ...programArguments];
await import(built.href);
