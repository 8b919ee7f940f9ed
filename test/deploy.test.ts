import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../src/config/config.ts';
import { SETTINGS } from '../src/config/sources/setting-names.ts';
import { PATHS } from '../src/web/layout/paths.ts';

/** What the recipes say is true: of the settings, the ports, the paths and the commands that the app has. */
/** No ways to run the app. */
const OTHERS = ['emulator', 'grafana'].map((folder) => join('deploy', folder));
const RECIPES = readdirSync('deploy', { recursive: true, encoding: 'utf8' })
  .map((name) => join('deploy', name))
  .filter((file) => !OTHERS.some((folder) => file.startsWith(folder)) && statSync(file).isFile());
const page = readFileSync('docs/deploying.md', 'utf8');
const read = (file: string) => readFileSync(file, 'utf8');
const image = read('deploy/app/Dockerfile');

/** Written like settings, and of others. */
const OF_OTHERS = [
  'SCM_DO_BUILD_DURING_DEPLOYMENT',
  'AF_INET',
  'AF_INET6',
  'AF_UNIX',
  'DATA_DIR',
  'HTTPS_PROXY',
  'HTTPS_PROXY_FILE',
];
const PLAIN = ['PORT', 'HOST', 'SCOPE', 'AUTHORITY'];

test('there are recipes for each way that the page names', () => {
  expect(RECIPES.toSorted()).toEqual([
    'deploy/app/Dockerfile',
    'deploy/app/Dockerfile.dockerignore',
    'deploy/app/compose.emulator.yaml',
    'deploy/app/compose.yaml',
    'deploy/azure/app-service.bicep',
    'deploy/azure/container-apps.bicep',
    'deploy/azure/ground.bicep',
    'deploy/kubernetes/directory.yaml',
    'deploy/systemd/directory-export.service',
    'deploy/systemd/directory-export.timer',
    'deploy/systemd/directory.service',
  ]);
  for (const folder of ['systemd', 'app', 'azure', 'kubernetes']) expect(page).toContain(`deploy/${folder}/`);
});

describe.each([...RECIPES, 'docs/deploying.md'])('%s', (file) => {
  const text = read(file);

  test('names settings that there are', () => {
    const named = text.match(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b/g) ?? [];
    const known = new Set<string>([...SETTINGS, ...OF_OTHERS]);
    expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
    expect(PLAIN.filter((name) => !known.has(name))).toEqual([]);
  });

  test('names files, programs and commands that there are', () => {
    const paths = text.match(/\b(deploy|docs|scripts|src)\/[\w./-]*\w/g) ?? [];
    const untracked = /^deploy\/app\/(secrets|\.env)/;
    expect(paths.filter((path) => !untracked.test(path) && !existsSync(path))).toEqual([]);
    const programs = [...text.matchAll(/dist\/main\/([\w-]+)\.js/g)].map(([, name]) => name);
    expect(programs.filter((name) => !existsSync(`src/main/${name}.ts`))).toEqual([]);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const commands = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = '']) => name);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('asks for addresses that the app answers', () => {
    const routes = read('src/http/health-routes.ts');
    const asked = text.match(/\/(healthz|readyz)\b/g) ?? [];
    expect(asked.filter((path) => !routes.includes(`'${path}'`))).toEqual([]);
  });
});

/** A shell function of the page, and what it calls `systemd-run` with. */
function transientUnit(...given: string[]): string[] {
  const [functionText] = /^as_directory\(\) \{\n[\s\S]*?^\}\n/m.exec(page) ?? [];
  const script = `set -eu; systemd-run() { printf '%s\\n' "$@"; }; ${functionText} as_directory "$@"`;
  return execFileSync('bash', ['-c', script, 'bash', ...given], { encoding: 'utf8' })
    .trim()
    .split('\n');
}

test.each([
  ['sessions', 'list', 'adele@contoso.example'],
  ['doctor', '--json'],
])('as_directory %s is of the same user, state, settings and secrets as the service', (name, ...given) => {
  const unit = read('deploy/systemd/directory.service');
  const called = transientUnit(name, ...given);
  expect(called.slice(called.indexOf('/usr/bin/node'))).toEqual([
    '/usr/bin/node',
    `dist/main/${name}.js`,
    ...given,
  ]);
  const properties = called.filter((_, at) => called[at - 1] === '-p');
  const own = /^(DynamicUser|User|UMask|StateDirectory\w*|WorkingDirectory|LoadCredential|Environment\w*)=/;
  const ofUnit = unit.split('\n').filter((line) => own.test(line));
  const written = ofUnit.map((line) =>
    line.replace('%S', '/var/lib').replace('%d', `/run/credentials/directory-${name}.service`),
  );
  // without a name of its own, the service's user is called as the service
  expect(properties.toSorted()).toEqual([...written, 'User=directory'].toSorted());
  expect(called).toContain(`--unit=directory-${name}`);
});

test('a nightly run that broke off goes on where it was', () => {
  const unit = read('deploy/systemd/directory-export.service');
  expect([/^ExecStart=.* --resume$/m.test(unit), /^Restart=on-failure$/m.test(unit)]).toEqual([true, true]);
});

/** `NAME: value` and `NAME=value`, as a file has them in the part that is given. */
function variablesIn(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/\b([A-Z][A-Z0-9_]+)(?:=|: )("[^"]*"|\S+)/g)];
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value.replaceAll('"', '')]));
}

const ofImage = variablesIn(/^ENV .*$/m.exec(image)?.[0] ?? '');
const secrets = {
  CLIENT_SECRET: 'a-client-secret-of-the-tests-0123456789',
  SESSION_SECRET: 'a-session-secret-of-the-tests-0123456789',
};

test('secrets beside the recipes get into no image and no commit', () => {
  const linesOf = (file: string) => read(file).split('\n');
  for (const file of ['deploy/app', 'deploy/emulator'].map((folder) => `${folder}/Dockerfile.dockerignore`)) {
    expect(linesOf(file)).toContain('**/.env');
    expect(linesOf(file).some((line) => 'deploy/app/secrets'.startsWith(line) && line !== '')).toBe(true);
  }
  expect(linesOf('.gitignore')).toEqual(expect.arrayContaining(['.env', 'deploy/app/secrets/']));
});

test('every port is the one that the image listens to', () => {
  const { PORT = '' } = ofImage;
  const ports = [
    /^EXPOSE (\d+)$/m.exec(image)?.[1],
    /127\.0\.0\.1:(\d+)\/healthz/.exec(image)?.[1],
    /ports: \["127\.0\.0\.1:5000:(\d+)"\]/.exec(read('deploy/app/compose.yaml'))?.[1],
    /containerPort: (\d+)/.exec(read('deploy/kubernetes/directory.yaml'))?.[1],
    ...[...read('deploy/azure/container-apps.bicep').matchAll(/(?:targetPort|port): (\d+)/g)].map(
      ([, port]) => port,
    ),
  ];
  expect(ports).toEqual(Array(ports.length).fill(PORT));
});

test('nginx logs each path of the app by its route, and no id', () => {
  const [, map = ''] = /^map \$uri \$route \{\n([\s\S]*?)^\}/m.exec(read('docs/nginx/app.conf')) ?? [];
  const rules = [...map.matchAll(/^ +"~\*(\S+)" +(\S+);$/gm)].map(
    ([, pattern = '', name = '']) => [new RegExp(pattern, 'i'), name.replaceAll('"', '')] as const,
  );
  expect(rules.length).toBeGreaterThan(3);
  const logged = Object.values(PATHS).map((path) => {
    const asked = path.replaceAll(/:\w+/g, '0a6f1c52-1d3b-4b57-9f5e-6f2c8f0b7a01');
    const name = rules.find(([pattern]) => pattern.test(asked))?.[1] ?? '/*';
    return name === '$uri' ? asked : name;
  });
  expect(logged).toEqual(Object.values(PATHS));
});

test('the app starts with what the compose file for trying sets', () => {
  const [, service = ''] =
    /^ {2}app:\n([\s\S]*?)\n {2}\w/m.exec(read('deploy/app/compose.emulator.yaml')) ?? [];
  const config = readConfig({ ...ofImage, ...variablesIn(service) });
  expect([config.baseUrl, config.port, config.usesEmulator]).toEqual(['http://localhost:5000', 5002, false]);
});

test('the app starts in production with what the other files set', () => {
  const [, map = ''] = /^data:\n([\s\S]*?)---/m.exec(read('deploy/kubernetes/directory.yaml')) ?? [];
  const inPod = {
    ...ofImage,
    ...secrets,
    ...variablesIn(map),
    REDIS_URL: 'rediss://redis.contoso.example:6380',
  };
  const [, service = ''] = /^ {2}app:\n([\s\S]*?)\n {2}\w/m.exec(read('deploy/app/compose.yaml')) ?? [];
  const { REDIS_URL = '', TRUST_PROXY = '' } = variablesIn(service);
  for (const environment of [inPod, { ...inPod, REDIS_URL, TRUST_PROXY }])
    expect(readConfig(environment)).toMatchObject({ production: true, port: 5000, host: '0.0.0.0' });
});
