/** Called as work on a picture is done; 1 is about one pass over all of its coefficients. May throw, to end the work. */
export type Work = (passes: number) => void;

/** The work of measuring a layer, in passes, and the usual number of layers. */
export const LAYER_WORK = 0.2;
export const USUAL_LAYERS = 8;
