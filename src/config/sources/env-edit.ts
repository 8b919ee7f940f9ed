import { parse } from 'dotenv';
import { ConfigurationError } from '../../errors.ts';
import { ASSIGNMENT } from './env-file.ts';

/**
 * The text of an `.env` with variables set: where one stands already, or else at the end. Everything else stays as it is.
 * @throws ConfigurationError for a value that cannot stand there
 */
export function withVariables(text: string, values: Readonly<Record<string, string>>): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const missing = new Set(Object.keys(values));
  const changed = text
    .replaceAll('\r\n', '\n')
    .replaceAll(ASSIGNMENT, (assignment: string, name: string, _value: string, comment = '') => {
      const value = values[name];
      if (value === undefined || !missing.delete(name)) return assignment;
      return `${assignment.startsWith('export ') ? 'export ' : ''}${name}=${quoted(value)}${apart(comment)}`;
    });
  const start = changed === '' || changed.endsWith('\n') ? changed : `${changed}\n`;
  const added = [...missing].map((name) => `${name}=${quoted(values[name] ?? '')}\n`).join('');
  const next = `${start}${added}`;
  const read = parse(next);
  const wrong = Object.keys(values).filter((name) => read[name] !== values[name]);
  if (wrong.length > 0)
    throw new ConfigurationError(wrong.map((name) => `${name} cannot be written to .env`));
  return next.replaceAll('\n', end);
}

/** A `#` without a space in front of it is a part of the value. */
function apart(comment: string): string {
  return comment === '' ? '' : ` ${comment.trimStart()}`;
}

function quoted(value: string): string {
  return /^[\w.~:/+=@-]*$/.test(value) ? value : `'${value}'`;
}
