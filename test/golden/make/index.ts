import { damagedPictures, damagedSequences } from './damaged.js';
import { pictures } from './pictures.js';
import { planted } from './planted.js';
import { sequenceFiles, sequences } from './sequences.js';

/** All vectors made by a script, by name. */
export function makeVectors(): Record<string, Uint8Array> {
  const whole = pictures();
  const clips = sequences(whole);
  return {
    ...whole,
    ...planted(),
    ...damagedPictures(whole),
    ...sequenceFiles(clips),
    ...damagedSequences(clips, whole),
  };
}
