import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { HOSTILE_TARGETS } from '../../support/hostile-targets.ts';
import { beginAnew } from '../../support/stage.ts';
import { openWorld, type World } from '../../support/world.ts';
import { endsAfterSignIn, endsWhereAsked, RAW_TARGETS } from '../../threats/support/leading.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await beginAnew(world);
});
afterEach(() => world.close());

test('F37 after a sign-in, for every target', async () => {
  expect(new Set(await endsAfterSignIn(world, HOSTILE_TARGETS))).toEqual(new Set(['302 here']));
});

test('F37 after a sign-in that a page itself began, for every target', async () => {
  expect(new Set(await endsWhereAsked(world, RAW_TARGETS))).toEqual(new Set(['here', '400']));
});
