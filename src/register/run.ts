import { setTimeout as pause } from 'node:timers/promises';
import { isB2c, isExternalId, organisationsHostOf } from '../clouds.ts';
import { type RegistrationSettings, readEnvFile, readRegistrationSettings } from '../config/index.ts';
import { AppError, ConfigurationError } from '../errors.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { inWords, type TopicName, topicOfCode } from '../failures/index.ts';
import { ApiError, createApi } from '../graph/index.ts';
import { adminConsentUrl, type DeviceSignIn, signInByDeviceCode } from '../identity/index.ts';
import { printable } from '../printable.ts';
import { type RegisterArguments, readArguments } from './arguments.ts';
import type { Change, Made } from './change.ts';
import { openEnvWriter } from './env-writer.ts';
import { planOf } from './plan.ts';
import { type Registered, readRegistered } from './registered.ts';
import { textOf } from './rows.ts';
import { settled } from './settled.ts';
import { type Wishes, wishesOf } from './wishes.ts';

/** What the program has of its process. */
interface Process {
  environment: Record<string, string | undefined>;
  stdout: Pick<NodeJS.WriteStream, 'write'>;
  stderr: Pick<NodeJS.WriteStream, 'write'>;
  /** Of the settings. */
  envFile: string;
  now(): number;
  wait?(ms: number): Promise<unknown>;
  /** Registers what a signal does: once a change under way is over, the run ends. */
  onInterrupt(ending: { inOrder(): Promise<void>; end(): ExitStatus }): void;
}

interface Progress {
  /** How many changes are made. */
  made: number;
  /** A change that is made now: half of it would be a secret that nobody has. */
  underWay: Promise<void>;
  isEnding: boolean;
}

interface Run extends Process {
  given: RegisterArguments;
  settings: RegistrationSettings;
  say(line: string): void;
  progress: Progress;
}

/** As little as Microsoft's pages on each call ask for. */
const SCOPES = {
  read: { app: ['Application.Read.All'], consent: ['Directory.Read.All'] },
  write: {
    app: ['Application.ReadWrite.All'],
    consent: ['DelegatedPermissionGrant.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'],
  },
} as const;

/** Makes the registration what the settings say. @returns the exit status */
export async function runRegister(args: readonly string[], around: Process): Promise<ExitStatus> {
  const given = readArguments(args, around);
  if (typeof given === 'number') return given;
  const progress: Progress = { made: 0, underWay: Promise.resolve(), isEnding: false };
  const say = (line: string) => void around.stdout.write(`${printable(line)}\n`);
  const complain = (line: string) => void around.stderr.write(`${printable(line)}\n`);
  around.onInterrupt({
    inOrder() {
      progress.isEnding = true;
      return progress.underWay;
    },
    end() {
      complain(`Interrupted.${whatIsDone(progress.made)}`);
      return EXIT.interrupted;
    },
  });
  try {
    const settings = readSettings(around);
    await register({ ...around, given, settings, say, progress });
    return EXIT.done;
  } catch (error) {
    const { lines, exitStatus } = failureOf(error);
    for (const line of lines) complain(line);
    if (given.apply) complain(whatIsDone(progress.made).trim());
    return exitStatus;
  }
}

function whatIsDone(made: number): string {
  if (made === 0) return ' Nothing was changed.';
  return ` ${made} ${made === 1 ? 'change was' : 'changes were'} made and stay; start it again, and it goes on with the rest.`;
}

/** What `.env` sets is there for libraries too, such as the address of a proxy. */
function readSettings({ environment, envFile }: Process): RegistrationSettings {
  const file = readEnvFile(envFile);
  const settings = readRegistrationSettings(environment, file);
  for (const [name, value] of Object.entries(file?.variables ?? {})) environment[name] ??= value;
  return settings;
}

async function register(run: Run): Promise<void> {
  const { given, settings, say } = run;
  const wishes = wishesOf(settings, given, run.now());
  const env = openEnvWriter(run.envFile);
  if (given.apply) await env.prepare();
  const person = await signIn(run);
  const graph = createApi(settings.graphEndpoint, { timeoutMs: 15_000 })({
    token: async () => person.accessToken,
  });
  const registered = await readRegistered(graph, settings, wishes);
  const secret = { shown: '' };
  const changes = await planOf(registered, wishes, {
    ...{ graph, env, settings, given },
    tenantId: person.tenantId,
    now: run.now,
    onSecret(value) {
      if (given.showSecret) secret.shown = value;
    },
  });
  say(`Tenant ${person.tenantId}, as ${person.username}: ${subjectOf(registered, wishes)}`);
  const made = idsOf(registered);
  if (given.apply) await makeAll(changes, made, run);
  else for (const { says } of changes) for (const one of says) say(`  + ${one}`);
  if (secret.shown !== '') run.stdout.write(`CLIENT_SECRET=${secret.shown}\n`);
  conclude(changes.length, made.clientId, person, run);
}

function subjectOf({ app }: Registered, { name }: Wishes): string {
  return app === undefined
    ? `a new registration ${name}`
    : `registration ${textOf(app, 'displayName')} (${textOf(app, 'appId')})`;
}

function idsOf({ app, principal }: Registered): Made {
  return {
    objectId: textOf(app, 'id'),
    clientId: textOf(app, 'appId'),
    principalId: textOf(principal, 'id'),
  };
}

async function makeAll(changes: readonly Change[], made: Made, run: Run): Promise<void> {
  const isNew = made.objectId === '';
  for (const { says, make } of changes) {
    const { progress } = run;
    if (progress.isEnding) return new Promise(() => undefined);
    progress.underWay = settled(() => make(made), {
      isNew: isNew && progress.made > 0,
      wait: waitOf(run),
    }).then(() => {
      progress.made += 1;
      for (const one of says) run.say(`  done: ${one}`);
    });
    await progress.underWay;
  }
}

function conclude(
  changes: number,
  clientId: string,
  { tenantId }: DeviceSignIn,
  { given, settings, say }: Run,
): void {
  if (changes === 0) say('  nothing to change');
  else if (!given.apply) say('Nothing was changed. --apply does it.');
  if (given.consent || clientId === '') return;
  const { scopes, baseUrl, redirectPath } = settings;
  const authority = `${hostOf(settings.authority)}/${tenantId}`;
  const redirectUri = `${baseUrl}${redirectPath}`;
  say(
    `Consent for everybody, if the tenant wants it: --consent, or ${adminConsentUrl({ authority, clientId, scopes, redirectUri })}`,
  );
}

/** Administrators are at the cloud's own host, also those of customers' tenants. */
function hostOf(authority: string): string {
  const { origin, hostname } = new URL(authority);
  return isB2c(hostname) || isExternalId(hostname) ? `https://${organisationsHostOf(hostname)}` : origin;
}

const SEVERAL = /^(common|organizations|consumers|9188040d-6c67-4c5b-b112-36a304b66dad|tfp)?$/;

function tenantOf({ authority }: RegistrationSettings, { tenant }: RegisterArguments): string {
  const { hostname, pathname } = new URL(authority);
  const [, named = ''] = pathname.toLowerCase().split('/');
  if (tenant !== undefined) return tenant;
  if (isExternalId(hostname) && named === '') return `${hostname.split('.')[0]}.onmicrosoft.com`;
  return SEVERAL.test(named) ? 'organizations' : named;
}

function signIn(run: Run): Promise<DeviceSignIn> {
  const { given, settings, stderr, now } = run;
  const { app, consent } = given.apply ? SCOPES.write : SCOPES.read;
  return signInByDeviceCode({
    authority: `${hostOf(settings.authority)}/${tenantOf(settings, given)}`,
    clientId: given.client,
    scopes: ['openid', 'profile', ...app, ...(given.consent ? consent : [])],
    onCode: ({ userCode, verificationUri, expiresInSeconds }) =>
      void stderr.write(
        `As an administrator of the tenant, open ${verificationUri} in a browser and enter the code ${userCode} within ${Math.floor(expiresInSeconds / 60)} minutes. If the browser refuses you, end this with Ctrl-C: it would wait on.\n`,
      ),
    wait: waitOf(run),
    now,
  });
}

function waitOf({ wait = pause }: Process): (ms: number) => Promise<unknown> {
  return (ms) => wait(ms);
}

/** What its topics say of an app’s settings is here a matter of the command line. */
const OF_COMMAND_LINE: Partial<Record<TopicName, string>> = {
  appUnknown: 'Check --client, which names a public client that this tenant knows, and --tenant.',
  appDisabled: 'Have the public client switched on in the tenant, or name another one (--client).',
  tenantUnknown: 'Check the tenant’s id or domain in --tenant, or else in AUTHORITY.',
};

const FORBIDDEN =
  'Microsoft Graph refuses this to you. Sign in as an Application Administrator, Cloud Application Administrator or Global Administrator of the tenant';

function failureOf(error: unknown): { lines: string[]; exitStatus: ExitStatus } {
  if (error instanceof ConfigurationError) return { lines: [...error.problems], exitStatus: EXIT.usage };
  const cause = error instanceof ApiError ? error.cause : error;
  if (cause instanceof AppError && cause.code === 'graph_forbidden')
    return { lines: [`${FORBIDDEN} (${cause.upstream.code ?? 403}).`], exitStatus: EXIT.forbidden };
  const { what, exitStatus, ...words } = inWords(cause);
  const topic = cause instanceof AppError ? topicOfCode(cause.upstream.code) : undefined;
  const todo = (topic && OF_COMMAND_LINE[topic]) ?? words.todo;
  return { lines: [what, ...(todo === undefined ? [] : [todo])], exitStatus };
}
