import type { Page } from 'playwright-core';

/** A node of the tree that Chromium gives assistive technology (Chrome DevTools Protocol: Accessibility). */
interface Node {
  nodeId: string;
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  properties?: { name: string; value: { value?: unknown } }[];
  childIds?: string[];
}

/** What is said of a node beside its role and name. */
const SAID = ['level', 'expanded', 'autocomplete', 'selected'];
/** A text's name is that of the node around it, or stands in the line of its own. */
const SILENT = ['InlineTextBox', 'LineBreak', 'ListMarker'];

/** What assistive technology is given of a page, a node to a line, without what the page hides from it. */
export async function heardOf(page: Page): Promise<string> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = (await devtools.send('Accessibility.getFullAXTree')) as { nodes: Node[] };
  await devtools.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const linesOf = (node: Node | undefined, depth: number): string[] => {
    if (node === undefined) return [];
    const line = lineOf(node);
    const inner = (node.childIds ?? []).flatMap((id) =>
      linesOf(byId.get(id), line === undefined ? depth : depth + 1),
    );
    return line === undefined ? inner : [`${'  '.repeat(depth)}${line}`, ...withoutEcho(inner, node)];
  };
  return linesOf(nodes[0], 0).join('\n');
}

/** Undefined for what only groups others. */
function lineOf({ ignored, role, name, properties = [] }: Node): string | undefined {
  const kind = role?.value ?? 'none';
  if (ignored || SILENT.includes(kind)) return undefined;
  if (['none', 'generic'].includes(kind) && !name?.value) return undefined;
  const said = properties
    .filter((one) => SAID.includes(one.name))
    .map((one) => `${one.name}=${one.value.value}`);
  const text = (name?.value ?? '').replaceAll(/[\u2066-\u2069]/g, '').replaceAll(/\s+/g, ' ');
  return [kind, ...(text === '' ? [] : [`"${text}"`]), ...said].join(' ');
}

/** Texts that are the whole name of the node around them are heard once. */
function withoutEcho(lines: string[], { name }: Node): string[] {
  const texts = lines.filter((line) => line.trim().startsWith('StaticText'));
  return texts.length === lines.length && name?.value ? [] : lines;
}
