/**
 * Milliseconds that a mutation may take: the work that codec-spec.md, "Limits", allows a few calls of any decoder, on a slow machine. A byte gives 7,570 bits at most, a small picture that is
 * allowed here has 16,384 pixels, and products are limited by the options.
 */
export const mostMilliseconds = (bytes: number): number => 2000 + 8 * bytes;

/** Bytes of memory that a mutation may add to the most that the process has held. */
export const MOST_MEMORY = 2 ** 27;
