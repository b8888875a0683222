/** Told of the work on a picture as it is done; 1 is about a pass over all of its coefficients. May throw, to end it. */
export type Work = (passes: number) => void;

/** What measuring a layer is of a pass, about, and how many layers there are. */
export const LAYER_WORK = 0.2;
export const USUAL_LAYERS = 8;
