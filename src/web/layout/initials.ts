/** The hues of initials in degrees of OKLCH; the style sheet has each as a class, `hue-0` and up. */
export const HUE_DEGREES = [20, 60, 100, 145, 190, 235, 280, 330] as const;
/** How many colours there are for initials. */
export const HUES = HUE_DEGREES.length;

/** Scripts in which two letters beside each other read as initials; elsewhere one letter says more. */
const INITIALS_SCRIPT =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}]/u;

/** Of a name; its rest is not looked at. */
const MOST_CHARACTERS = 200;

let segmenter: Intl.Segmenter | undefined;

/** Latin letters, each one character. */
const LATIN = 'A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ';
const PLAIN_WORD = `[${LATIN}][${LATIN}.'’-]*`;
/** Words of them with a space between, as many names are: those need no taking apart. */
const PLAIN_NAME = new RegExp(`^${PLAIN_WORD}(?: ${PLAIN_WORD})*$`);

/** One or two letters that stand for a person; empty where the name holds no letter or digit. */
export function initialsOf(name: string): string {
  if (name.length <= MOST_CHARACTERS && PLAIN_NAME.test(name)) {
    const last = name.lastIndexOf(' ') + 1;
    return (name.charAt(0) + (last === 0 ? '' : name.charAt(last))).toUpperCase();
  }
  const words = name.slice(0, MOST_CHARACTERS).split(/[\s,]+/u);
  const letters = words.map(firstLetter).filter((letter) => letter !== '');
  const [first = ''] = letters;
  const last = letters.length > 1 ? (letters.at(-1) ?? '') : '';
  const pair = INITIALS_SCRIPT.test(first) && INITIALS_SCRIPT.test(last);
  return (pair ? first + last : first).toUpperCase();
}

/** A class for the colour behind initials: the same for the same key, on every machine and every day. */
export function hueOf(key: string): string {
  return `hue-${hueIndexOf(key)}`;
}

/** The place of that colour among the hues. */
export function hueIndexOf(key: string): number {
  let hash = 0x811c9dc5; // FNV-1a, 32 bits
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 8) % HUES;
}

/**
 * A letter of a script that joins none to the next, before another one or the end: whole as it stands. Segmenting each
 * name would cost more than the rest of a page.
 */
const PLAIN_LETTER =
  /^(?:[A-Za-z0-9]|(?!\p{Lm})[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Han}가-힣])(?=$|[\p{Lu}\p{Ll}\p{Lo}\p{Nd}.'’-])/u;

function firstLetter(word: string): string {
  const plain = PLAIN_LETTER.exec(word);
  if (plain !== null) return plain[0];
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(word.slice(0, 40))) {
    const letter = segment.replaceAll(/[\p{Cf}\p{Cc}]/gu, '');
    if (/^[\p{L}\p{N}]/u.test(letter)) return [...letter].slice(0, 4).join('');
  }
  return '';
}
