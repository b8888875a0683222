import { checkCut, checkFlip, readGolden, soundOf, TEN } from './flips.js';

// Flips every bit of ten golden files, and tries every prefix of them.

process.setSourceMapsEnabled(false);
let failures = 0;

function count(what: string, times: number, check: (i: number) => void): void {
  const begun = performance.now();
  let wrong = 0;
  for (let i = 0; i < times; i++)
    try {
      check(i);
    } catch (error) {
      if (!wrong++) console.log(`  ${(error as Error).message}`);
    }
  failures += wrong;
  console.log(`${what}: ${times}, ${wrong} wrong, ${((performance.now() - begun) / 1000).toFixed(1)} s`);
}

for (const name of TEN) {
  const sound = soundOf(readGolden(name));
  const { length } = sound.bytes;
  count(`${name}, bits flipped`, 8 * length, bit => checkFlip(sound, bit));
  count(`${name}, cut`, length, at => checkCut(sound, at));
}
process.exitCode = failures ? 1 : 0;
