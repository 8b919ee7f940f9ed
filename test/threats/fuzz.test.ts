import { test } from '@jest/globals';
import { useWorld } from '../support/stage.ts';
import { fuzzAddresses, fuzzCallback, fuzzGraph, fuzzHeaders, fuzzTokenAnswers } from './support/fuzz.ts';

const world = useWorld();
const MINUTE_MS = 60_000;

test('fuzzing the redirect URI', () => fuzzCallback(world(), { numRuns: 150, seed: 1 }), MINUTE_MS);
test('fuzzing addresses', () => fuzzAddresses(world(), { numRuns: 200, seed: 2 }), MINUTE_MS);
test('fuzzing headers and cookies', () => fuzzHeaders(world(), { numRuns: 200, seed: 3 }), MINUTE_MS);
test(
  'fuzzing token answers and ID tokens',
  () => fuzzTokenAnswers(world(), { numRuns: 150, seed: 4 }),
  MINUTE_MS,
);
test('fuzzing answers of Graph', () => fuzzGraph(world(), { numRuns: 120, seed: 5 }), MINUTE_MS);
