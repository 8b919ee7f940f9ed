import { readFileSync } from 'node:fs';
import { createCommand, orExitStatus } from '../command-line.ts';
import { ConfigurationError } from '../errors.ts';
import { printable } from '../printable.ts';
import { createPseudonyms } from '../sessions/index.ts';
import { logSecrets } from './log-secrets.ts';
import { createSayer, STANDARD_ERROR } from './streams/index.ts';
import { everybodyIn, logLines, type People, personOf } from './who/index.ts';

// Finds the lines of the request log that are of a person, and the person that a line is of.

/** Like grep's. */
const EXIT = { found: 0, nothing: 1, usage: 2 } as const;

interface Asked {
  people: People;
  /** Whether there are several, so that each line says of whom it is. */
  areMany: boolean;
  log: string | undefined;
}

const say = createSayer(STANDARD_ERROR);
const { stdout } = process;
stdout.on('error', () => process.exit(EXIT.found)); // the reader has seen enough

process.exitCode = await answer(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof ConfigurationError)) throw error;
  for (const problem of error.problems) say(problem);
  return EXIT.usage;
});

async function answer(given: readonly string[]): Promise<number> {
  const asked = orExitStatus(() => readCommandLine(given));
  if (typeof asked === 'number') return asked;
  const { people, areMany, log } = asked;
  const lines = await logLines(log);
  if (lines === undefined) {
    for (const [pseudonym, whose] of people.pseudonyms)
      await print(...(areMany ? [whose, pseudonym] : [pseudonym]));
    return EXIT.found;
  }
  let found: number = EXIT.nothing;
  for await (const line of lines) {
    const whose = people.whoseIs(line);
    if (whose === undefined) continue;
    found = EXIT.found;
    await print(...(areMany ? [whose, line] : [line]));
  }
  return found;
}

function readCommandLine(given: readonly string[]): Asked {
  const command = createCommand('log:who', process)
    .description(
      'Prints the lines of the request log that are of a person; without a log, what stands for them there.',
    )
    .argument('[user]', "the person's username, or their object id in the tenant")
    .argument('[log]', 'a file with lines of the log, or - for standard input')
    .option(
      '--among <file>',
      'instead of a user: usernames and object ids; each line then says of whom it is',
    );
  command.parse(given, { from: 'user' });
  const { among } = command.opts<{ among?: string }>();
  const [user, log] = among === undefined ? command.args : [undefined, ...command.args];
  if (among === undefined && user === undefined) command.error('error: name a user, or a list with --among');
  const keys = logSecrets(process.env).map((secret) => createPseudonyms([secret]));
  const people = among === undefined ? personOf(user ?? '', keys) : everybodyIn(readList(among), keys);
  return { people, areMany: among !== undefined, log };
}

function readList(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new ConfigurationError([`${file} cannot be read (${code})`]);
  }
}

/** Fields between tabs, on a terminal without what it would obey. Resolves when there is room for more. */
function print(...fields: readonly string[]): Promise<void> {
  const shown = stdout.isTTY ? fields.map(printable) : fields;
  return new Promise((resolve) => {
    stdout.write(`${shown.join('\t')}\n`, () => resolve());
  });
}
