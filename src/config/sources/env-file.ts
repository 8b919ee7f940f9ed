import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { decodeText, isReadableByOthers } from '../../text-file.ts';
import { meantSetting } from './near-miss.ts';
import { SECRETS, SETTINGS } from './setting-names.ts';

/** What an `.env` says. */
export interface EnvFile {
  path: string;
  variables: Readonly<Record<string, string>>;
  /** Nothing of it could be read, so nothing else is to be said. */
  isUnusable: boolean;
  /** What is wrong with the file itself, one line for each. */
  problems: readonly string[];
  warnings: readonly string[];
}

interface Assignment {
  name: string;
  /** As it stands there, with its quotes. */
  value: string;
  /** What follows on the line, from the `#` on. */
  rest: string;
}

/** A value as dotenv takes it: in quotes, or up to the first `#`. */
const VALUE = /\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\n]*/.source;
/** A line that sets a variable, or the lines of a value in quotes. */
export const ASSIGNMENT = new RegExp(
  `^[^\\S\\n]*(?:export[^\\S\\n]+)?([\\w.-]+)(?:[^\\S\\n]*=|:[^\\S\\n])(${VALUE})([^\\S\\n]*#[^\\n]*)?$`,
  'gm',
);

/** Reads the file. @returns undefined where there is none */
export function readEnvFile(path: string): EnvFile | undefined {
  const bytes = readBytes(path);
  if (bytes === undefined) return undefined;
  const file = typeof bytes === 'string' ? unusable(path, bytes) : parseEnvFile(path, bytes);
  const holdsSecret = SECRETS.some((name) => (file.variables[name] ?? '') !== '');
  if (!holdsSecret || !isReadableByOthers(path)) return file;
  const warning = `${path} holds a secret and can be read by every user of this machine: chmod 600 it.`;
  return { ...file, warnings: [...file.warnings, warning] };
}

/** @returns the reason where there is a file that cannot be read */
function readBytes(path: string): Buffer | string | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : 'is there but cannot be read';
  }
}

function unusable(path: string, problem: string): EnvFile {
  return { path, variables: {}, isUnusable: true, problems: [`${path} ${problem}`], warnings: [] };
}

function parseEnvFile(path: string, bytes: Buffer): EnvFile {
  const decoded = decodeText(bytes);
  if ('problem' in decoded) return unusable(path, decoded.problem);
  const text = decoded.text.replaceAll(/\r\n?/g, '\n');
  const assignments = [...text.matchAll(ASSIGNMENT)].map(
    ([, name = '', value = '', rest = '']): Assignment => ({ name, value, rest }),
  );
  const stray = strayLines(text).map((line) => ({ ...line, meant: settingIn(line.text) }));
  const ignored = stray.filter(({ meant }) => meant === undefined).map(({ number }) => number);
  return {
    path,
    variables: parse(text),
    isUnusable: false,
    problems: [
      ...assignments
        .filter(isCutOff)
        .map(({ name }) => `${name} is cut off at a # in ${path}: put it in quotes`),
      ...namesTwice(assignments).map((name) => `${name} stands in ${path} more than once: keep one`),
      ...stray
        .filter(({ meant }) => meant !== undefined)
        .map(({ number, meant }) => `${path} line ${number} is not NAME=value: did you mean ${meant}?`),
    ],
    warnings:
      ignored.length === 0
        ? []
        : [`${path}: what is not NAME=value was ignored, in line ${ignored.join(', ')}.`],
  };
}

/** A secret may hold a `#`; a comment has a space in front of it. */
function isCutOff({ name, value, rest }: Assignment): boolean {
  const isQuoted = /^\s*(['"`])[\s\S]*\1\s*$/.test(value);
  return SECRETS.some((secret) => secret === name) && rest.startsWith('#') && !isQuoted && !/\s$/.test(value);
}

/** The last one would count, and it is often the empty one of the example. */
function namesTwice(assignments: readonly Assignment[]): string[] {
  const names = assignments.map(({ name }) => name);
  return SETTINGS.filter((known) => names.filter((name) => name === known).length > 1);
}

/** Lines that say something and set nothing. */
function strayLines(text: string): { number: number; text: string }[] {
  const rest = text.replaceAll(ASSIGNMENT, (assignment) => assignment.replaceAll(/[^\n]/g, ''));
  return rest
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'));
}

/** `ALLOWED TENANTS=…`, `CLIENT_ID abc`, `$env:CLIENT_ID = …`. */
function settingIn(line: string): string | undefined {
  const words = (line.split('=')[0] ?? '').split(/[^\w.-]+/).filter((word) => word !== '');
  for (const name of [words.join('_'), ...words]) {
    const known = SETTINGS.find((setting) => setting === name) ?? meantSetting(name, 'environment');
    if (known !== undefined) return known;
  }
  return undefined;
}
