import { createCommand, InvalidArgumentError, orExitStatus, wholeNumber } from '../command-line.ts';
import { type Config, type Environment, readConfig, readEnvFile } from '../config/index.ts';
import { ConfigurationError } from '../errors.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { inWords } from '../failures/index.ts';
import { examine } from './examine.ts';
import { exitStatusOf, type Finding, fault, warning, well } from './finding.ts';
import { jsonOf, lineOf, summaryOf } from './report.ts';
import type { Surroundings } from './surroundings.ts';

type Stream = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;

/** What the program has of its process. */
interface Process extends Omit<Surroundings, 'timeoutMs' | 'tenant'> {
  environment: Record<string, string | undefined>;
  stdout: Stream;
  stderr: Stream;
  /** Registers what a signal does: it ends the run at once. */
  onInterrupt(end: () => ExitStatus): void;
}

interface Options {
  json: boolean;
  timeout: number;
  tenant?: string;
}

/** Carriage return, then "erase to the end of the line" (ECMA-48). */
const ERASE = '\r\u001b[K';

/** Looks before the first sign-in. @returns the exit status */
export async function runDoctor(given: readonly string[], around: Process): Promise<ExitStatus> {
  const options = orExitStatus(() => readOptions(given, around));
  if (typeof options === 'number') return options;
  const findings: Finding[] = [];
  const { stdout, stderr, environment } = around;
  const showsProgress = stderr.isTTY === true;
  const isColoured = stdout.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb';
  const clear = () => void (showsProgress && stderr.write(ERASE));
  around.onInterrupt(() => {
    clear();
    stderr.write('Interrupted.\n');
    return EXIT.interrupted;
  });
  const found = (finding: Finding) => {
    findings.push(finding);
    clear();
    if (!options.json) stdout.write(`${lineOf(finding, isColoured)}\n`);
  };
  const looking = (at: string) => void (showsProgress && stderr.write(`${ERASE}Looking at ${at} …`));
  const config = settingsOf(environment, found);
  if (config !== undefined)
    await examine(
      config,
      { ...around, timeoutMs: options.timeout * 1_000, tenant: options.tenant },
      { looking, found },
    );
  clear();
  stdout.write(`${options.json ? jsonOf(findings) : summaryOf(findings)}\n`);
  return exitStatusOf(findings);
}

/** What `.env` sets is there for libraries too, such as the address of a proxy. */
function settingsOf(
  environment: Record<string, string | undefined>,
  found: (finding: Finding) => void,
): Config | undefined {
  try {
    const file = readEnvFile('.env');
    const warnings: string[] = [];
    const config = readConfig(environment satisfies Environment, {
      file,
      onWarning: (sentence) => void warnings.push(sentence),
    });
    for (const [name, value] of Object.entries(file?.variables ?? {})) environment[name] ??= value;
    found(well('settings', sourceOf(file?.path)));
    for (const sentence of warnings) found(warning('settings', sentence));
    return config;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    for (const problem of error.problems)
      found(fault('settings', inWords(new ConfigurationError([problem]))));
    return undefined;
  }
}

function sourceOf(path: string | undefined): string {
  return path === undefined
    ? `The settings in the environment can be used; there is no .env in ${process.cwd()}.`
    : `The settings in ${path} and the environment can be used.`;
}

function readOptions(given: readonly string[], around: Process): Options {
  return createCommand('doctor', around)
    .description(
      'Looks before the first sign-in: at the settings, the way to Microsoft, the registration, and the store.',
    )
    .option('--json', 'one JSON object in place of lines', false)
    .option('--timeout <seconds>', 'for each thing that is looked at', wholeNumber(1, 120), 10)
    .option(
      '--tenant <tenant>',
      'where the app is tried whose AUTHORITY is of several tenants, such as contoso.onmicrosoft.com',
      tenant,
    )
    .addHelpText(
      'after',
      `\nExit status: 0 nothing is wrong, 2 settings, 3 Microsoft refuses, 5 network, clock, disk or Redis, 1 unexpected, 130 interrupted.`,
    )
    .parse([...given], { from: 'user' })
    .opts<Options>();
}

function tenant(text: string): string {
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(text)) return text;
  throw new InvalidArgumentError('It is the id or a domain of a tenant.');
}
