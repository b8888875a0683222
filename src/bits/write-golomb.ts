/** Writes an Exp-Golomb code of order k whose bits have adaptive contexts from `base` on. The mirror of readGolomb. */
export function writeGolomb(
  bit: (context: number, bit: number) => void,
  base: number,
  k: number,
  value: number,
): void {
  let e = 0;
  for (; value >= 1 << k; e++, k++) {
    bit(base + Math.min(e, 15), 1);
    value -= 1 << k;
  }
  bit(base + Math.min(e, 15), 0);
  for (let i = k - 1; i >= 0; i--)
    bit(base + 16 + Math.min(e, 15) * 2 + (i === k - 1 ? 0 : 1), (value >> i) & 1);
}
