/** HTML that is safe to put into a page: only {@link html} makes it. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, markup is not, lists are joined, nothing is nothing. */
type Insert = string | number | Markup | readonly Markup[] | undefined;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

function render(insert: Insert): string {
  if (insert === undefined) return '';
  if (typeof insert === 'string' || typeof insert === 'number') return escapeText(String(insert));
  return 'markup' in insert ? insert.markup : insert.map((one) => one.markup).join('');
}

/** A template that escapes every text put into it, attributes included (write them in quotes). */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  const pieces = parts.map((part, index) => part + render(inserts[index]));
  return { markup: pieces.join('') };
}
