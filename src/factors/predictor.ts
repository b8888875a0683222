/**
 * One term of a picture's own linear prediction of a plane of U: weight / 32 times a value of the plane `plane`, `back` channels further
 * (cyclically among three), at the offset `lag`. Values that a decoder has not read yet are 0.
 */
export interface Term {
  back: number;
  plane: number;
  /** Offset: (lag & 3) - 2 positions to the right and ((lag >> 2) & 3) - 2 down. */
  lag: number;
  /** -32 to 31. */
  weight: number;
}

/** The prediction of one plane, by least squares on values before it. */
export interface Predictor {
  /** How many 64ths of an expected magnitude come from the prediction instead of the magnitudes around, 0 to 63. */
  trust: number;
  /** 1 to 63. */
  terms: Term[];
}

/** By plane; undefined where the tables predict. */
export type Predictors = (Predictor | undefined)[];
