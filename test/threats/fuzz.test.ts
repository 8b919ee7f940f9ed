import { test } from '@jest/globals';
import { useWorld } from '../support/stage.ts';
import { fuzzAddresses, fuzzCallback, fuzzGraph, fuzzHeaders, fuzzTokenAnswers } from './support/fuzz.ts';

const world = useWorld();

test('fuzzing the redirect URI', () => fuzzCallback(world(), { numRuns: 100, seed: 1 }));
test('fuzzing addresses', () => fuzzAddresses(world(), { numRuns: 100, seed: 2 }));
test('fuzzing headers and cookies', () => fuzzHeaders(world(), { numRuns: 100, seed: 3 }));
test('fuzzing token answers and ID tokens', () => fuzzTokenAnswers(world(), { numRuns: 60, seed: 4 }));
test('fuzzing answers of Graph', () => fuzzGraph(world(), { numRuns: 60, seed: 5 }));
