import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ejs from 'ejs';

/** Makes markup of what it is given, escaped. */
type Template = (view: Record<string, unknown>) => string;

/**
 * Reads and compiles one template. Options come from here only: EJS would take code from options that a request could
 * reach. A template that keeps count of its lines costs a page a tenth more, so only one that failed is run again as
 * such, to say where.
 * @param folder of the `.ejs` files
 * @throws where the template is missing or no valid template
 */
export function compileTemplate(folder: URL | string, name: string): Template {
  const file = join(folder instanceof URL ? fileURLToPath(folder) : folder, `${name}.ejs`);
  const text = readFileSync(file, 'utf8');
  const compile = (compileDebug: boolean): Template =>
    ejs.compile(text, {
      filename: file,
      strict: true,
      localsName: 'page',
      rmWhitespace: true,
      escape: escapeText,
      compileDebug,
    });
  const render = compile(false);
  return (view) => {
    try {
      return render(view);
    } catch {
      return compile(true)(view);
    }
  };
}

/** An address, escaped: where it has to break, it does so before the `@`. */
export function addressMarkup(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 1) return escapeText(address);
  return `${escapeText(address.slice(0, at))}<wbr>${escapeText(address.slice(at))}`;
}

/** What has a meaning in markup. */
const SPECIAL = /[&<>'"]/;

/** As EJS escapes: most of what a page shows has nothing to escape, which is quicker to see than to replace. */
export function escapeText(value?: unknown): string {
  if (typeof value === 'string' && !SPECIAL.test(value)) return value;
  return ejs.escapeXML(value);
}
