/**
 * Writes an integer below `size`, a power of two, highest bit first: the context of each bit is `base` plus 1 and the bits before it. The mirror of
 * readTree.
 */
export function writeTree(
  bit: (context: number, bit: number) => void,
  base: number,
  size: number,
  value: number,
): void {
  let node = 1;
  for (let place = size >> 1; place; place >>= 1) {
    const one = value & place ? 1 : 0;
    bit(base + node, one);
    node = 2 * node + one;
  }
}
