/** Bits of the levels of a column, each with as many as the largest of them needs with its sign: log2(2 max + 1), rounded up. */
export function fixedLength(levels: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < levels.length; i++) most = Math.max(most, Math.abs(levels[i]!));
  return Math.ceil(Math.log2(2 * most + 1)) * levels.length;
}
