// Bundles the programs into dist/main: one that reads a dozen files starts in seven tenths of the time of one that reads
// a thousand. Types are not looked at here but by `npm run check`.
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, 'dist/main');

/** Packages that are CommonJS call `require`, which an ES module has to make for them. */
const REQUIRE = [
  "import { createRequire as requireOf } from 'node:module';",
  'const require = requireOf(import.meta.url);',
].join('\n');

/** Packages that stay packages: their native part is looked for beside them. */
export const EXTERNAL = ['@photostructure/sqlite'];

/** Packages that only somebody who wants them installs, beside what is built. */
const OPTIONAL = [
  '@opentelemetry/sdk-trace-node', // brings the next one
  '@opentelemetry/resources',
  '@opentelemetry/exporter-trace-otlp-proto',
];

/** @throws where a source is no program, after having said why on standard error */
export async function bundle() {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [
      ...['web', 'daemon', 'doctor', 'emulator', 'log-who', 'register', 'sessions'].map((program) => ({
        in: `src/main/${program}.ts`,
        out: program,
      })),
      // A thread of the session store, which loads it from beside its own code.
      { in: 'src/sessions/store/sqlite/checkpoints.js', out: 'checkpoints' },
    ],
    outdir: folder,
    chunkNames: '[name]-[hash]',
    bundle: true,
    // What only some settings need stays in files of its own, and is loaded only with them.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: { js: REQUIRE },
    external: [...EXTERNAL, ...OPTIONAL],
    sourcemap: true,
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  // Its process would otherwise live as long as the program that is started next.
  await stop();
  refuseLateCommonJs(metafile.inputs);
  putInPlace(outputFiles);
  removeAllBut(new Set(outputFiles.map(({ path }) => basename(path))));
}

/**
 * A package that is CommonJS becomes a file with a default export alone when it is loaded on its own, while the names
 * that `npm run dev` finds in it are missing. A file of ours that imports it in the usual way is loaded instead.
 */
function refuseLateCommonJs(inputs) {
  const loadedLate = Object.entries(inputs).flatMap(([file, { imports }]) =>
    imports.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => ({ file, path })),
  );
  const wrong = loadedLate.filter(({ path }) => inputs[path]?.format === 'cjs');
  for (const { file, path } of wrong)
    console.error(
      `${file} loads ${path} by import(), which is CommonJS: let a file of ours import it, and load that.`,
    );
  if (wrong.length > 0) throw new Error('CommonJS is loaded by import()');
}

/** Each file is there whole or not at all: another program may be loading the same ones. */
function putInPlace(files) {
  mkdirSync(folder, { recursive: true });
  const beside = mkdtempSync(join(dirname(folder), 'made-'));
  for (const { path, contents } of files) {
    const made = join(beside, basename(path));
    writeFileSync(made, contents);
    renameSync(made, path);
  }
  rmSync(beside, { recursive: true });
}

/** What an earlier build made of other sources; the same sources make the same names, so nothing in use goes. Another build may have removed it already. */
function removeAllBut(made) {
  for (const name of readdirSync(folder))
    if (!made.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
}
