/** Small and calm, beside the words of a page that has little to show. */
const DRAWINGS = {
  people:
    '<circle cx="80" cy="62" r="22"/><path d="M40 132c4-26 18-38 40-38s36 12 40 38"/><circle cx="136" cy="78" r="15"/><path d="M132 108c18-2 30 6 34 26"/>',
  nobody:
    '<circle cx="84" cy="74" r="38"/><path d="m112 102 36 36"/><g stroke-dasharray="4 6"><circle cx="84" cy="64" r="10"/><path d="M64 98c2-12 9-18 20-18s18 6 20 18"/></g>',
  done: '<circle cx="100" cy="80" r="50"/><path d="m76 82 17 17 32-36"/>',
  door: '<path d="M56 138V30h60v108M36 138h120M102 86v8"/><path d="M134 84h34m-12-12 12 12-12 12"/>',
} as const;

type Drawing = keyof typeof DRAWINGS;

/** Markup of a drawing, which says nothing that the words do not. */
export function drawing(name: Drawing): string {
  return `<svg class="drawing" viewBox="0 0 200 160" aria-hidden="true" focusable="false">${DRAWINGS[name]}</svg>`;
}
