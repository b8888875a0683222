/**
 * What a pass notes about coefficients for the quantiser: the levels that select their contexts. Planes follow one another: plane k of
 * block b stands at k * blocks + b.
 */
export interface Notes {
  /** 1 where X V is not nearly zero. Coefficients with 0 are hardly noted. */
  bold: Uint8Array;
  /** See `note`. For a coefficient that will stay zero: UNNOTED plus the level of the zero flag. */
  coefficients: Uint32Array;
  /** Level of the alive flag, by block and band at b * 8 + band; empty at plane 0's level. */
  alive: Uint8Array;
}

/** A coefficient below this many steps stays zero. */
const NEARLY_ZERO = 0.3;
/** Notes from here on hold only the level of the zero flag, in their lowest five bits. */
export const UNNOTED = 2 ** 30;

/** Level of the zero flag, level of the magnitude << 5, expected sign << 10, context of the sign << 11 (0 where it has none). */
export const note = (flag: number, magnitude: number, sign: number, negative: number): number =>
  flag | (magnitude << 5) | (negative << 10) | (sign << 11);

/** Empty notes for this many blocks of `size` planes. */
export const emptyNotes = (blocks: number, size: 16 | 64): Notes => ({
  bold: new Uint8Array(blocks * size),
  coefficients: new Uint32Array(blocks * size),
  alive: new Uint8Array(size === 64 ? blocks * 8 : 0),
});

/** Marks in the notes which coefficients are not nearly zero. `wanted` is X V in steps, element k of block b at b * size + k. */
export function markBold({ bold }: Notes, wanted: Float32Array, size: 16 | 64): void {
  const blocks = bold.length / size;
  for (let b = 0, at = 0; b < blocks; b++)
    for (let to = b; to < bold.length; to += blocks, at++) {
      const x = wanted[at]!;
      bold[to] = x > NEARLY_ZERO || x < -NEARLY_ZERO ? 1 : 0;
    }
}
