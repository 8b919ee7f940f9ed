import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromiumPath } from '../../support/chromium.ts';
import { fetchNode } from '../../support/node-version.ts';
import { findOnPath } from '../../support/system-packages.ts';
import type { Client, Language } from './clients.ts';

/** What a machine has for a language: how a driver is started, and in what. */
interface ToolChain {
  readonly runtime: string;
  commandOf(client: Client): readonly string[];
}

/** A tool chain that this machine does not have. */
export class NotHere extends Error {}

const folder = resolve('test/runs/clients/drivers');
/** Outside of the repository: what was fetched and built stays there for the next time. */
const cache = join(tmpdir(), 'emulator-clients');

/** Where the versions of a language's packages are pinned. */
const PINS: Readonly<Record<Language, string>> = {
  Node: resolve('test/runs/clients/package.json'),
  Chromium: resolve('test/runs/clients/package.json'),
  Python: join(folder, 'python/requirements.txt'),
  'azure-cli': join(folder, 'python/azure-cli.txt'),
  Go: join(folder, 'go/go.mod'),
  Java: join(folder, 'java/pom.xml'),
};

/** The version of a client, as it is pinned. @throws Error where it is not */
export function versionOf({ language, packageName, sample }: Client): string {
  if (sample !== undefined) return sample.version;
  const name = packageName.replaceAll(/[^\w]/g, String.raw`\$&`);
  const pinned = new RegExp(`(?:^|[\\s">])${name}(?:": "|==| v|</artifactId>\\s*<version>)([\\w.-]+)`, 'm');
  const [, version] = pinned.exec(readFileSync(PINS[language], 'utf8')) ?? [];
  if (version === undefined) throw new Error(`${packageName} is not pinned in ${PINS[language]}`);
  return version;
}

const TOOL_CHAINS: Readonly<Record<Language, () => ToolChain>> = {
  Node: node,
  Chromium: () => {
    const { runtime, commandOf } = node();
    const chromium = chromiumPath();
    const [, version = ''] = /([\d.]+)/.exec(run(chromium, ['--version'])) ?? [];
    return {
      runtime: `Chromium ${version}, ${runtime}`,
      commandOf: (client) => ['env', `CHROMIUM=${chromium}`, ...commandOf(client)],
    };
  },
  Python: () => python('Python'),
  'azure-cli': () => python('azure-cli'),
  Go: () => {
    const go = need('go');
    const built = prepared('Go', sourcesIn('go'), (to) => {
      run(go, ['build', '-o', `${to}/`, './...'], join(folder, 'go'));
    });
    const [, version = ''] = /go([\d.]+)/.exec(run(go, ['version'])) ?? [];
    return { runtime: `Go ${version}`, commandOf: ({ driver }) => [join(built, driver)] };
  },
  Java: () => {
    const [java, javac, mvn] = [need('java'), need('javac'), need('mvn')];
    const built = prepared('Java', sourcesIn('java'), (to) => {
      const copy = ['dependency:copy-dependencies', `-DoutputDirectory=${to}/lib`];
      run(mvn, ['--batch-mode', '--quiet', '--file', PINS.Java, ...copy]);
      run('sh', ['-c', `"$0" -cp '${to}/lib/*' -d '${to}' *.java`, javac], join(folder, 'java'));
    });
    const classPath = `${built}:${built}/lib/*`;
    const [version = ''] = /[\d.]+/.exec(run(java, ['--version'])) ?? [];
    const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
    return {
      runtime: `Java ${version}`,
      commandOf: ({ driver }) => [java, ...quick, '-cp', classPath, driver],
    };
  },
};

const known = new Map<Language, ToolChain>();

/** The tool chain of a language, its packages fetched and built. @throws NotHere where the machine has none */
export function toolChainOf(language: Language): ToolChain {
  const found = known.get(language) ?? TOOL_CHAINS[language]();
  known.set(language, found);
  return found;
}

/** Azure's packages want Node 22 or newer. */
function node(): ToolChain {
  const program = fetchNode('24');
  return {
    runtime: `Node ${run(program, ['--version']).trim().slice(1)}`,
    commandOf: ({ driver, sample }) => [
      ...(sample === undefined ? [] : ['env', `SAMPLE=${sample.folder}`]),
      ...[program, join(folder, 'node', `${driver}.mjs`), 'flow'],
    ],
  };
}

function python(language: 'Python' | 'azure-cli'): ToolChain {
  // The command may be a shim that looks into the home folder, which is another one for each driver.
  const executable = run(need('python3'), ['-c', 'import sys; print(sys.executable)']).trim();
  const packages = prepared(language, [PINS[language]], (to) => {
    const flags = ['--quiet', '--disable-pip-version-check', '--no-input', '--target', to];
    run(executable, ['-m', 'pip', 'install', ...flags, '--requirement', PINS[language]]);
  });
  const [version = ''] = /[\d.]+/.exec(run(executable, ['--version'])) ?? [];
  return {
    runtime: `Python ${version}`,
    commandOf: ({ driver }) => [
      ...['env', `PYTHONPATH=${packages}`],
      ...[executable, join(folder, 'python', `${driver}.py`)],
    ],
  };
}

function need(command: string): string {
  const found = findOnPath(command);
  if (found === undefined) throw new NotHere(`this machine has no ${command}`);
  return found;
}

function sourcesIn(language: string): readonly string[] {
  const names = readdirSync(join(folder, language), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.includes('.')).map((name) => join(folder, language, name));
}

/** The folder with what was fetched and built from these files; made when it is not there, or not whole. */
function prepared(language: Language, from: readonly string[], prepare: (to: string) => void): string {
  const digest = createHash('sha256');
  for (const file of from) digest.update(readFileSync(file));
  const to = join(cache, `${language}-${digest.digest('hex').slice(0, 16)}`);
  const done = join(to, '.done');
  if (existsSync(done)) return to;
  mkdirSync(to, { recursive: true });
  prepare(to);
  writeFileSync(done, '');
  return to;
}

function run(command: string, given: readonly string[], cwd = folder): string {
  const { status, stdout, stderr, error } = spawnSync(command, given, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${given[0]}: ${error?.message ?? stderr.slice(-500)}`);
  return stdout;
}
