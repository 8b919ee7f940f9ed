import { SETTINGS, type SettingName } from './setting-names.ts';

/** Where a name stands: in our own `.env`, or in the environment, among other people's variables. */
export type Place = 'file' | 'environment';

/** A name that is like one of ours by chance. */
const LIKE_AUTHORITY = 'XAUTHORITY';
/** Node.js, npm, proxies, OpenTelemetry, Azure and what runs programs. These are not ours, even where they share words with ours. */
const THEIRS =
  /^(npm_|NODE_|OTEL_|AZURE_|APPSETTING_|WEBSITES?_|APPLICATIONINSIGHTS_|IDENTITY_|MSI_|CONTAINER_APP_|KUBERNETES_|DOTENV_|COMPOSE_|DOCKER_|SSL_CERT_|FORCE_COLOR$|NO_COLOR$|DEBUG$|TZ$|LANG$|LC_|UV_|TOKEN_CACHE_SECRET$)|^(https?|all|no)_proxy(_file)?$/i;
const SETTING_WORDS = SETTINGS.map((name) => ({ name, words: wordsOf(name) }));

/**
 * The setting that somebody meant who wrote another name: in other letters or with other signs, in the plural, in another
 * order, shortened, with a few letters wrong, or with a word too many or too few.
 * @returns undefined for a setting, and for a name that is like none
 */
export function meantSetting(name: string, place: Place): SettingName | undefined {
  if (SETTINGS.some((known) => known === name) || name === LIKE_AUTHORITY) return undefined;
  const words = wordsOf(name);
  const rules = [isSameName, isShortened, isMistyped, ...(isTheirs(name) ? [] : [hasOtherWords])];
  for (const rule of rules) {
    const found = SETTING_WORDS.find((known) => rule(known.words, words, place));
    if (found !== undefined) return found.name;
  }
  return undefined;
}

/** Whether a name belongs to a program that many use, so that nobody has to be told of it. */
export function isTheirs(name: string): boolean {
  return THEIRS.test(name);
}

/** `ALLOWED_TENANTS`, `allowedTenants` and `allowed-tenants` are the same words. */
function wordsOf(name: string): string[] {
  const separated = /[a-z][A-Z]/.test(name) ? name.replaceAll(/([a-z])([A-Z])/g, '$1_$2') : name;
  return separated
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
}

type Rule = (known: readonly string[], given: readonly string[], place: Place) => boolean;

const isSameName: Rule = (known, given) => {
  if (known.join('') === given.join('')) return true;
  const sorted = (words: readonly string[]) => words.map(singularOf).sort().join(' ');
  return sorted(known) === sorted(given) && known.join('').length > SHORT;
};

/** `CLIENT_CERT`, `ALLOW_TENANTS`. */
const isShortened: Rule = (known, given) =>
  known.length === given.length &&
  known.length > 1 &&
  known.every((word, index) => {
    const other = given[index] ?? '';
    return other.length >= LEAST_LETTERS && (word.startsWith(other) || other.startsWith(word));
  });

const isMistyped: Rule = (known, given, place) => {
  const [one, other] = [known.join('_'), given.join('_')];
  const most = mostWrong(one.length, place);
  return Math.abs(one.length - other.length) <= most && isWithin(most, one, other);
};

/** `MY_CLIENT_ID`, `ALLOWED_TENANT_IDS`; `IDLE_MINUTES`, `RATE_LIMIT`, `TENANTS`. */
const hasOtherWords: Rule = (known, given, place) => {
  const [one, other] = [known.map(singularOf).join('_'), given.map(singularOf).join('_')];
  if (place === 'environment') return one.length > LONG && other.startsWith(`${one}_`);
  return (one.length > SHORT && isAtAnEnd(other, one)) || (other.length > SHORT && isAtAnEnd(one, other));
};

/** Up to so many letters too many words are alike. */
const SHORT = 5;
/** Nobody else's names begin with one of ours that is longer. */
const LONG = 12;
const LEAST_LETTERS = 3;

function mostWrong(letters: number, place: Place): number {
  if (letters < SHORT) return place === 'file' ? 1 : 0;
  if (letters < 12) return 1;
  return 2;
}

function isAtAnEnd(whole: string, part: string): boolean {
  return whole.startsWith(`${part}_`) || whole.endsWith(`_${part}`);
}

function singularOf(word: string): string {
  return word.replace(/IES$/, 'Y').replace(/([^S])S$/, '$1');
}

/** Whether so many letters put in, taken out, replaced or swapped with their neighbour suffice (optimal string alignment). */
function isWithin(most: number, one: string, other: string): boolean {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    if (Math.min(...current) > most) return false;
    before = last;
    last = current;
  }
  return at(last, other.length) <= most;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
