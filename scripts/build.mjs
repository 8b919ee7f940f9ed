// Bundles the programs into dist/main: one that reads a dozen files starts in seven tenths of the time of one that reads
// a thousand. Types are not looked at here but by `npm run check`.
import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, 'dist/main');

/** Packages that are CommonJS call `require`, which an ES module has to make for them. */
const REQUIRE = [
  "import { createRequire as requireOf } from 'node:module';",
  'const require = requireOf(import.meta.url);',
].join('\n');

/** @throws where a source is no program, after having said why on standard error */
export async function bundle() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['web', 'daemon', 'emulator'].map((program) => `src/main/${program}.ts`),
    outdir: folder,
    chunkNames: '[name]-[hash]',
    bundle: true,
    // What only some settings need stays in files of its own, and is loaded only with them.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: { js: REQUIRE },
    // Its native part is looked for beside it.
    external: ['lmdb'],
    sourcemap: true,
    metafile: true,
    logLevel: 'warning',
  });
  removeAllBut(new Set(Object.keys(metafile.outputs).map((file) => basename(file))));
}

/** What an earlier build made of other sources; the same sources make the same names, so nothing in use goes. Another build may have removed it already. */
function removeAllBut(made) {
  for (const name of readdirSync(folder))
    if (!made.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
}
