// Makes what other projects install, in dist/library: the faces of package.json's "exports" with their declarations,
// and the programs of its "bin". `npm pack` and git dependencies run it by themselves (prepack).
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, 'dist/library');

/** Packages that stay packages, so that whoever installs this one can audit and update them. */
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const external = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];

/** Of the forty languages in which zod can complain, one: they are a third of the package. */
const zodInEnglish = {
  name: 'zod in English',
  setup({ onLoad }) {
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
};

/** Whoever imports the emulator gets the one file that it is; `import` would read it for its names first, for 80 ms. */
const emulatorOnce = {
  name: 'the emulator once',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/emulator\/index\.ts$/ }, () => ({ path: 'emulator', namespace: 'once' }));
    onLoad({ filter: /./, namespace: 'once' }, () => ({
      contents: `import { createRequire } from 'node:module';
        export const { readSeed, runCommand, SeedError, startEmulator } =
          createRequire(import.meta.url)('./emulator.cjs');`,
      loader: 'js',
    }));
  },
};

const common = {
  absWorkingDir: root,
  outdir: folder,
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [zodInEnglish],
};

rmSync(folder, { recursive: true, force: true });
await build({
  ...common,
  entryPoints: [
    { in: 'src/library/sign-in.ts', out: 'sign-in' },
    { in: 'src/library/graph.ts', out: 'graph' },
    { in: 'src/library/session-store.ts', out: 'session-store' },
    // A thread of the store in a folder, which loads it from beside its own code.
    { in: 'src/sessions/store/sqlite/checkpoints.js', out: 'checkpoints' },
  ],
  external,
});
// What only they need comes along: an emulator is started in folders that have nothing else installed.
const whole = { ...common, external, minify: true };
// The emulator is there once, as CommonJS: some runners load tests so with a `require` of their own, as Jest does.
await build({
  ...whole,
  entryPoints: [{ in: 'src/emulator/index.ts', out: 'emulator' }],
  splitting: false,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
});
await build({
  ...whole,
  entryPoints: [
    { in: 'src/library/emulator.ts', out: 'emulator' },
    { in: 'src/main/emulator.ts', out: 'entra-emulator' },
    { in: 'src/main/daemon.ts', out: 'entra-users' },
  ],
  plugins: [...common.plugins, emulatorOnce],
  // Packages that are CommonJS call `require`, which an ES module has to make for them.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);",
  },
});
await stop();
await declare();

/** One file of declarations for each face, with nothing in it that the face does not show. */
async function declare() {
  const types = join(root, 'dist/types');
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.library.json'], { cwd: root, stdio: 'inherit' });
  const faces = ['sign-in', 'graph', 'emulator', 'session-store'];
  const declarations = await rolldown({
    input: Object.fromEntries(faces.map((face) => [face, join(types, 'library', `${face}.d.ts`)])),
    external: (id) => !/^[./]/.test(id),
    plugins: [dts({ dtsInput: true, tsconfig: false })],
  });
  await declarations.write({ dir: folder, format: 'es', chunkFileNames: 'shared-[hash].d.ts' });
  copyFileSync(join(folder, 'emulator.d.ts'), join(folder, 'emulator.d.cts'));
  rmSync(types, { recursive: true });
}
