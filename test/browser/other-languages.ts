import { describe, expect, test } from '@jest/globals';
import { HEIGHT, NARROW, openState, useWorldOfStates } from './open-state.ts';
import { brokenRules, overflow } from './probes.ts';
import type { State } from './state.ts';
import { useChromium } from './use-chromium.ts';

/** Tests states in Dutch and in German, each in those given for it: the words are others, and longer. */
export function testInOtherLanguages(states: { nl: readonly State[]; de: readonly State[] }): void {
  const chromium = useChromium();
  const world = useWorldOfStates();

  describe.each(['nl', 'de'] as const)('in %s', (language) => {
    test.each([...states[language]])('$name is accessible, and holds its longer words', async (state) => {
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
