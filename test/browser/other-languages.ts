import { describe, expect, test } from '@jest/globals';
import { HEIGHT, NARROW, openState, useWorldOfStates } from './open-state.ts';
import { brokenRules, overflow } from './probes.ts';
import type { State } from './states.ts';
import { useChromium } from './use-chromium.ts';

/** Tests each of the states in Dutch and in German: the words are others, and longer. */
export function testInOtherLanguages(states: readonly State[]): void {
  const chromium = useChromium();
  const world = useWorldOfStates();

  describe.each(['nl', 'de'] as const)('in %s', (language) => {
    test.each([...states])('$name is accessible, and holds its longer words', async (state) => {
      const page = await openState(chromium, world(), state, language);
      const broken = await brokenRules(page);
      await page.setViewportSize({ width: NARROW, height: HEIGHT });
      const lang = await page.locator('html').getAttribute('lang');
      expect({ lang, broken, overflow: await overflow(page) }).toEqual({
        lang: language,
        broken: [],
        overflow: [],
      });
    });
  });
}
