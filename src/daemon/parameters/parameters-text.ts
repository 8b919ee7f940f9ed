import { ConfigurationError } from '../../errors.ts';

/** Texts in double quotes; what remains of a line without them can hold a comment. */
const TEXTS = /"(?:[^"\\]|\\.)*"/g;

/**
 * Parses the text of a parameters file.
 * @throws ConfigurationError that says where it is no JSON; never with a piece of the file, which may hold a secret
 */
export function parseParametersText(text: string): Readonly<Record<string, unknown>> {
  const json = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new ConfigurationError([reasonAgainst(json, error)]);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new ConfigurationError(['must hold one JSON object: { "authority": …, "client_id": …, … }']);
}

function reasonAgainst(json: string, error: unknown): string {
  const commented = lineWithComment(json);
  if (commented !== undefined) {
    return `holds a comment in line ${commented}, and JSON has no comments: remove what begins with // or /*`;
  }
  if (json.trim() === '') return 'is empty';
  const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  const line = position === undefined ? '' : ` in line ${lineAt(json, Number(position))}`;
  return `is not JSON${line}: look for a missing comma, quote or brace`;
}

function lineWithComment(json: string): number | undefined {
  const index = json.split('\n').findIndex((line) => /\/\/|\/\*/.test(line.replace(TEXTS, '')));
  return index < 0 ? undefined : index + 1;
}

function lineAt(json: string, position: number): number {
  return json.slice(0, position).split('\n').length;
}
