import { expect, test } from 'vitest';
import { timeLeft } from '../../src/cli/time-left.js';

test('The time left is that of the remaining work, in the unit that fits', () => {
  expect(timeLeft(10_000, 0.5)).toBe(', 10 s left');
  expect(timeLeft(60_000, 0.1)).toBe(', 9 min left');
  expect(timeLeft(3_600_000, 0.1)).toBe(', 9 h left');
});

test('No time is shown too early, nor at the end', () => {
  expect(timeLeft(500, 0.01)).toBe('');
  expect(timeLeft(5000, 1)).toBe('');
});
