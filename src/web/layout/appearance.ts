/** How the pages look: as the system prefers, or always in one way. */
export const APPEARANCES = ['auto', 'light', 'dark'] as const;

export type Appearance = (typeof APPEARANCES)[number];

/** Whether this is a way for the pages to look. */
export function isAppearance(name: string | undefined): name is Appearance {
  return APPEARANCES.some((appearance) => appearance === name);
}
