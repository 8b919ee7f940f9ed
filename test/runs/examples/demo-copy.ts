import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { freePort } from '../../support/free-port.ts';
import { until } from '../../support/until.ts';

/** A copy of this project that somebody changes into an app of their own. */
export interface DemoCopy {
  folder: string;
  /** Changes a file. @throws Error where what is to be changed is not there */
  edit(file: string, ...changes: (readonly [from: string | RegExp, to: string])[]): void;
  remove(...files: string[]): void;
  /** What the compiler says about it; empty where all is well. */
  complaints(): string;
  /** Runs tests of the copy. @returns what they say where they fail */
  test(...files: string[]): string;
  /** Starts it with its own emulator. @returns its address */
  start(): Promise<string>;
  close(): void;
}

const COPIED = ['src', 'test', 'views', 'public', 'scripts', 'docs', 'package.json', 'tsconfig.json'];

export function copyDemo(): DemoCopy {
  const folder = mkdtempSync(join(tmpdir(), 'demo-'));
  const filter = (from: string) => basename(from) !== 'node_modules'; // a run's own packages
  for (const name of COPIED) cpSync(resolve(name), join(folder, name), { recursive: true, filter });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const ending: (() => void)[] = [];
  const run = (programArguments: readonly string[]) =>
    spawnSync(process.execPath, programArguments, { cwd: folder, encoding: 'utf8' });
  return {
    folder,
    edit(file, ...changes) {
      const path = join(folder, file);
      const text = changes.reduce(
        (before, [from, to]) => {
          const after = before.replace(from, to);
          if (after === before) throw new Error(`docs/recipes.md is wrong about ${file}: ${from}`);
          return after;
        },
        readFileSync(path, 'utf8'),
      );
      writeFileSync(path, text);
    },
    remove(...files) {
      for (const file of files) rmSync(join(folder, file), { recursive: true });
    },
    complaints() {
      // Tests of what was removed go with it; which those are is not what this is about.
      this.edit('tsconfig.json', ['["src", "test"]', '["src"]']);
      return run(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']).stdout;
    },
    test(...files) {
      const jest = [
        '--experimental-vm-modules',
        'node_modules/jest/bin/jest.js',
        '--reporters=default',
        '-i',
      ];
      const { status, stderr } = run([...jest, ...files]);
      return status === 0 ? '' : stderr;
    },
    async start() {
      const [port, emulatorPort] = [`${await freePort()}`, `${await freePort()}`];
      const child = spawn(process.execPath, ['--import', 'tsx', 'src/main/web.ts'], {
        cwd: folder,
        env: { PATH: process.env.PATH ?? '', PORT: port, EMULATOR_PORT: emulatorPort },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      ending.push(() => child.kill('SIGKILL'));
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      await until(() => said.includes('web app is at') || child.exitCode !== null);
      if (child.exitCode !== null) throw new Error(`the copy ended: ${said}`);
      return `http://localhost:${port}`;
    },
    close() {
      for (const end of ending) end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
