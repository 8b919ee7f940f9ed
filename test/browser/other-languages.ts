import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { HEIGHT, NARROW, useStatePage, useWorldOfStates } from './open-state.ts';
import { overflow } from './probes.ts';
import type { State } from './state.ts';
import { useChromium } from './use-chromium.ts';

/**
 * Tests states in Dutch and in German, each in those given for it: the words are others, and longer.
 * @param brokenRulesOf asks for rules of accessibility, too; none of them is about which words there are
 */
export function testInOtherLanguages(
  states: { nl: readonly State[]; de: readonly State[] },
  brokenRulesOf: (page: Page) => Promise<string[]> = async () => [],
): void {
  const chromium = useChromium();
  const world = useWorldOfStates();

  describe.each(['nl', 'de'] as const)('in %s', (language) => {
    const openState = useStatePage(chromium, language);
    test.each([...states[language]])('$name holds its longer words', async (state) => {
      const page = await openState(world(), state);
      const broken = await brokenRulesOf(page);
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
