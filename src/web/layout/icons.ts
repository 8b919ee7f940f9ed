/** Line drawings on a grid of 24, without a meaning of their own: words stand beside each. */
const ICONS = {
  search: '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
  download: '<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14"/>',
  file: '<path d="M6.5 3.5h7.5l3.5 3.5v13.5h-11z"/><path d="M14 3.5V7h3.5M9.5 12h5M9.5 15.5h5"/>',
  person: '<circle cx="12" cy="8" r="3.5"/><path d="M5 20c.7-4 3.3-6 7-6s6.3 2 7 6"/>',
  people:
    '<circle cx="9" cy="8.5" r="3.2"/><path d="M2.5 19.5c.6-3.7 3-5.5 6.5-5.5s5.9 1.8 6.5 5.5M16 5.5a3.2 3.2 0 0 1 0 6M18 14.5c2 .7 3.1 2.4 3.5 5"/>',
  switch: '<path d="M4 8.5h15m-3.5-3.5L19 8.5 15.5 12M20 15.5H5m3.5-3.5L5 15.5 8.5 19"/>',
  leave: '<path d="M14 4H6v16h8M10 12h10.5m-3.5-3.5 3.5 3.5-3.5 3.5"/>',
  devices: '<path d="M14 17H3V5h16v3"/><rect x="14" y="10.5" width="7" height="9.5" rx="1"/>',
  globe:
    '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5.5 5 11.5 0 17-5-5.5-5-11.5 0-17z"/>',
  copy: '<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M15 9V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h3"/>',
  done: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  mail: '<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="m4 7 8 6 8-6"/>',
  chat: '<path d="M4 5h16v11H10l-4 3.5V16H4z"/><path d="M8 9h8M8 12h5"/>',
  go: '<path d="M5 12h14m-6-6 6 6-6 6"/>',
  back: '<path d="m14.5 6-6 6 6 6"/>',
  wait: '<path d="M7 4h10M7 20h10M8 4c0 5 8 6 8 8s-8 3-8 8M16 4c0 5-8 6-8 8s8 3 8 8"/>',
  ask: '<path d="M4 5h16v12h-9l-4 3.5V17H4z"/><circle cx="12" cy="9.5" r="1.8"/><path d="M9 14c.5-1.5 1.5-2.2 3-2.2s2.5.7 3 2.2"/>',
  error: '<path d="M12 4.5 21 19.5H3zM12 10.5v4M12 17v.2"/>',
} as const;

type IconName = keyof typeof ICONS;

/** Markup for one of them; the style sheet gives it its size and its line. */
export function icon(name: IconName): string {
  return `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${ICONS[name]}</svg>`;
}
