/**
 * Milliseconds that a mutation may take: the work that codec-spec.md, "Limits", allows for a few calls of any decoder, on a slow machine. A
 * byte gives at most 7,570 bits, a picture that is allowed here has at most 16,384 pixels, and products are limited by the options.
 */
export const mostMilliseconds = (bytes: number): number => 2000 + 8 * bytes;

/** Bytes of memory that a mutation may add to the peak of the process so far. */
export const MOST_MEMORY = 2 ** 27;
