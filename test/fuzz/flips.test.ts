import { describe, expect, it } from 'vitest';
import { checkCut, checkFlip, readGolden, soundOf, TEN } from './flips.js';

/** Of the bits and prefixes of each file so many are tried here; all of them with `npm run flips`. */
const TRIED = 60;

/** So many numbers below n, spread over them in an uneven way. */
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
  // A file that is not the one whose layers are known.
  expect(() => checkCut({ ...sound, bytes: other.bytes }, 200)).toThrow(/another picture|hold a layer/);
  // Behind its end nothing changes, so that nothing is noticed.
  expect(() => checkFlip(sound, 8 * sound.bytes.length)).toThrow('went unnoticed');
});
