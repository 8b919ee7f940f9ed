import { createCommand, orExitStatus } from '../command-line.ts';
import { type Config, readConfig, readEnvFile } from '../config/index.ts';
import { hasPrivateFolder } from '../data-folder.ts';
import { ConfigurationError, UpstreamError } from '../errors.ts';
import { printable } from '../printable.ts';
import { sessionsOfUser } from '../sign-in/index.ts';
import { readKeptSecret } from './kept-secret.ts';
import { openRecords } from './records.ts';
import { createSayer, STANDARD_ERROR } from './streams/index.ts';

// Lists the sessions of a person, or ends them, in the store of an app that may run meanwhile.

/** As log:who has them, and one for a store that cannot be asked; 2 is a wrong call, as everywhere. */
const EXIT = { found: 0, nothing: 1, usage: 2, storeSilent: 3 } as const;

/** Sessions belong to these. */
const OF_THE_APP = 'SESSION_SECRET, CLIENT_ID, AUTHORITY or BASE_URL';

interface Asked {
  does: 'list' | 'end';
  user: string;
}

type Found = Awaited<ReturnType<ReturnType<typeof sessionsOfUser>['list']>>[number];

let asked: Asked | undefined;
const say = createSayer(STANDARD_ERROR);
process.stdout.on('error', () => undefined); // the reader has seen enough; what was asked is done all the same

process.exitCode = await answer(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof UpstreamError) {
    const unknown = asked?.does === 'end' ? ', so nothing is known of what it did' : '';
    say(`The store does not answer${unknown}: ask again.`);
    return EXIT.storeSilent;
  }
  if (!(error instanceof ConfigurationError)) throw error;
  for (const problem of error.problems) say(problem);
  return EXIT.usage;
});

async function answer(given: readonly string[]): Promise<number> {
  const read = orExitStatus(() => readCommandLine(given));
  if (typeof read === 'number') return read;
  asked = read;
  const { does, user } = read;
  const config = await settings();
  const records = await openRecords(config, say);
  try {
    const sessions = sessionsOfUser(config, records, user);
    const lines = (await sessions.list()).map(lineOf);
    const count = does === 'end' ? await sessions.end() : lines.length;
    for (const line of lines) process.stdout.write(`${line}\n`);
    say(`${does === 'end' ? 'Ended' : 'Open'}: ${count} ${count === 1 ? 'session' : 'sessions'}.`);
    if (count > 0) return EXIT.found;
    const all = await records.count();
    if (all > 0) say(`The store has ${all}, of others or of an app with another ${OF_THE_APP}.`);
    return EXIT.nothing;
  } finally {
    await records.close();
  }
}

function readCommandLine(given: readonly string[]): Asked {
  let found: Asked | undefined;
  const command = createCommand('sessions', process).description(
    'The sessions of a person in this app; the app may be running.',
  );
  for (const [does, what] of [
    ['list', 'prints a line for each: since when, last used when, browser and system, username, object id'],
    ['end', 'ends them all, with what is under way in them, and prints the same lines'],
  ] as const)
    command
      .command(does)
      .description(what)
      .argument('<user>', 'the username at their sign-in, the object id, or the id of the account')
      .action((user: string) => {
        found = { does, user };
      });
  command.parse(given, { from: 'user' });
  return found ?? command.help({ error: true });
}

/** Those that the app has, which its sessions belong to. */
async function settings(): Promise<Config> {
  const config = readConfig(process.env, { file: readEnvFile('.env'), onWarning: say });
  if (config.redisUrl === undefined && !hasPrivateFolder(config.dataDir))
    throw new ConfigurationError([
      'DATA_DIR holds no sessions: ask from the folder that the app is started in',
    ]);
  return config.usesEmulator ? withEmulator(config) : config;
}

/** What the app's own emulator would say, and the secret that the app made for it. */
async function withEmulator(config: Config): Promise<Config> {
  const { DEFAULT_CLIENT_ID: clientId } = await import('../emulator/index.ts');
  const kept = config.sessionSecrets.length > 0 ? undefined : readKeptSecret(config.dataDir);
  if (config.sessionSecrets.length === 0 && kept === undefined)
    throw new ConfigurationError([
      'CLIENT_ID is missing, and no app with the local emulator was started here',
    ]);
  return { ...config, clientId, ...(kept === undefined ? {} : { sessionSecrets: [kept] }) };
}

/** Fields between tabs. */
function lineOf({ startedAtMs, seenAtMs, content: { browser, account } }: Found): string {
  const where = [browser.browser, browser.system].filter((name) => name !== undefined).join(' on ');
  const times = [startedAtMs, seenAtMs].map((ms) => new Date(ms).toISOString());
  return [...times, where || 'unknown browser', account.username, account.objectId].map(printable).join('\t');
}
