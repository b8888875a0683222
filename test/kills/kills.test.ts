import { expect, test } from 'vitest';
import { KilledRuns, type Outcome } from './killed-runs.js';
import { SCENARIOS } from './scenarios.js';

/** One run of each scenario: `npm run kills` has many of each. */
const NAMES = [
  'encode onto an old file',
  'a batch that is resumed',
  'a sequence',
  'frames onto old frames',
  'separate onto old parts',
  'the cache of a build',
];

test('A killed run leaves each output absent, old or complete, and the next run completes it', async () => {
  const outcomes: Outcome[] = [];
  const scenarios = SCENARIOS.filter(({ name }) => NAMES.includes(name));
  expect(scenarios).toHaveLength(NAMES.length);
  await new KilledRuns(scenarios).run(NAMES.length, 1, outcome => outcomes.push(outcome));
  expect(outcomes.filter(({ faults }) => faults.length > 0)).toEqual([]);
  expect(outcomes.filter(({ ended }) => !ended).length).toBeGreaterThan(NAMES.length / 2);
  expect(outcomes.some(({ litter }) => litter > 0)).toBe(true);
}, 400_000);
