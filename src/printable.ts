/** What a terminal obeys instead of showing it: control characters, and what turns the direction of a text. */
const COMMANDS = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;
const COMMANDS_BUT_LINE_ENDS = /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** A text in one line without anything that a terminal would obey. */
export function printable(text: string): string {
  return text.replace(COMMANDS, '\ufffd');
}

/** The same for a text in several lines. */
export function printableLines(text: string): string {
  return text.replace(COMMANDS_BUT_LINE_ENDS, '\ufffd');
}

/** JSON that means the same, without anything that a terminal would obey. Outside of its texts it has line ends only. */
export function printableJson(json: string): string {
  return json.replace(
    COMMANDS_BUT_LINE_ENDS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
