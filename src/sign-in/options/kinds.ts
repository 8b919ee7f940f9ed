import { isObject } from '../../json-object.ts';

/** What a value may be, in words for the sentence that refuses another. */
const KINDS = {
  'a text': isText,
  'texts in a list': isTextList,
  'a text, or texts in a list': (value: unknown) => isText(value) || isTextList(value),
  'a text, a number, true or false, or texts in a list': (value: unknown) =>
    ['string', 'number', 'boolean'].includes(typeof value) || isTextList(value),
  'true or false': (value: unknown) => typeof value === 'boolean',
  'a function': (value: unknown) => typeof value === 'function',
  'an object with info, warn and error, as pino has them': (value: unknown) =>
    hasFunctions(value, ['info', 'warn', 'error']),
  'an object of APIs: { orders: { baseUrl, scopes } }': (value: unknown) =>
    isObject(value) && Object.values(value).every(isApi),
  "'as-claimed' or 'resolve-overage'": (value: unknown) =>
    value === 'as-claimed' || value === 'resolve-overage',
  "'memory', { folder }, { redisUrl }, or a SessionRecords": isStore,
} as const;

/** Of each option, what it may be. */
export type Kinds = Readonly<Record<string, keyof typeof KINDS>>;

/**
 * Who writes JavaScript has no compiler to say that an option is misspelt, or of another kind.
 * @param owner whose options they are: `entra()`
 * @returns a sentence for each problem, without any value
 */
export function optionProblems(owner: string, options: unknown, kinds: Kinds): string[] {
  if (!isObject(options)) return [`${owner} takes an object of options: see docs/library.md`];
  return Object.entries(options).flatMap(([name, value]) => {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) return [`${name} is no option of ${owner}: see docs/library.md`];
    return value === undefined || KINDS[kind](value) ? [] : [`${name} must be ${kind}`];
  });
}

/** @throws TypeError for the first problem of what a call was given */
export function requireOptions(owner: string, options: unknown, kinds: Kinds): void {
  const [problem] = optionProblems(owner, options, kinds);
  if (problem !== undefined) throw new TypeError(problem);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isApi(value: unknown): boolean {
  return isObject(value) && isText(value.baseUrl) && isTextList(value.scopes);
}

function isStore(value: unknown): boolean {
  if (value === 'memory') return true;
  if (!isObject(value)) return false;
  const [place] = ['folder', 'redisUrl'].filter((name) => name in value);
  return place === undefined ? hasFunctions(value, ['create', 'read', 'replace']) : isText(value[place]);
}

function hasFunctions(value: unknown, names: readonly string[]): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => name in value && typeof Reflect.get(value, name) === 'function')
  );
}
