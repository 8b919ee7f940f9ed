import { escapeText, HUE_DEGREES, hueIndexOf } from '../layout/index.ts';

/**
 * A round picture of initials, for somebody without a photo; dark where the page that shows it is.
 * @param initials empty where nothing is known of the name
 * @param key decides the colour: always the same for the same person
 */
export function initialsPicture(initials: string, key: string): string {
  const hue = HUE_DEGREES[hueIndexOf(key)] ?? 0;
  const light = `circle{fill:oklch(0.91 0.05 ${hue})}text{fill:oklch(0.34 0.09 ${hue})}`;
  const dark = `circle{fill:oklch(0.37 0.07 ${hue})}text{fill:oklch(0.95 0.04 ${hue})}`;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">',
    `<style>${light}@media(prefers-color-scheme:dark){${dark}}</style>`,
    '<circle cx="24" cy="24" r="24"/>',
    `<text x="24" y="24" dy="0.36em" text-anchor="middle" font-family="system-ui, sans-serif" font-size="19" font-weight="600">${escapeText(initials)}</text>`,
    '</svg>',
  ].join('');
}
