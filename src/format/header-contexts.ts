import { AdaptiveBits } from '../bits/adaptive.js';
import { GOLOMB_CONTEXTS } from '../bits/read-golomb.js';

/** Contexts of the turns, after a set for each order of Exp-Golomb codes, 0 to 11: four for each possible channel of the turn before. */
export const TURN_CONTEXTS = 12 * GOLOMB_CONTEXTS;

/** Fresh contexts of the header, without priors. */
export const headerStates = (): AdaptiveBits =>
  new AdaptiveBits(new Uint8Array(TURN_CONTEXTS + GOLOMB_CONTEXTS));
