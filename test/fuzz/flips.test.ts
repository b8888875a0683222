import { describe, expect, it } from 'vitest';
import { checkCut, checkFlip, readGolden, soundOf, TEN } from './flips.js';

/** How many bits and prefixes of each file are tried here; `npm run flips` tries all. */
const TRIED = 60;

/** This many numbers below n, unevenly spread. */
const spread = (n: number): number[] =>
  Array.from({ length: Math.min(n, TRIED) }, (_, i) => Math.floor((n * ((i * 0.618034) % 1) + i) % n));

describe.each(TEN)('%s', name => {
  const sound = soundOf(readGolden(name));
  const { length } = sound.bytes;

  it('with a flipped bit is refused, and its layer named', () => {
    for (const bit of spread(8 * length)) checkFlip(sound, bit);
  });

  it('cut short gives its whole layers, or is known to be cut', () => {
    for (const at of spread(length)) checkCut(sound, at);
  });
});

it('Wrong behaviour is reported', () => {
  const sound = soundOf(readGolden('samples/tiny-7x5'));
  const other = soundOf(readGolden('samples/tiny-1x300'));
  // A file other than the one whose layers are known.
  expect(() => checkCut({ ...sound, bytes: other.bytes }, 200)).toThrow(/another picture|hold a layer/);
  // Behind its end nothing changes, which goes unnoticed.
  expect(() => checkFlip(sound, 8 * sound.bytes.length)).toThrow('went unnoticed');
});
