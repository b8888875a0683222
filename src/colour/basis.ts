/**
 * The colour basis: the rows of an orthonormal 3 x 3 matrix T, channels = T (RGB - midpoint). Stored as a rotation of the fixed
 * basis F (the three-point DCT of R, G, B: brightness and two differences) by a unit quaternion (256, x, y, z) / norm, so three 10-bit integers
 * hold it and T is orthonormal by construction.
 */
export type ColourBasis = Float64Array;

const S2 = Math.sqrt(1 / 2);
const S3 = Math.sqrt(1 / 3);
const S6 = Math.sqrt(1 / 6);
// biome-ignore format: a matrix
export const FIXED_BASIS: ColourBasis = Float64Array.of(
  S3, S3, S3,
  -S6, 2 * S6, -S6,
  S2, 0, -S2,
);

/** Real part of the stored quaternion; the other three are integers from -512 to 511 in the same unit. */
export const QUATERNION_REAL = 256;
export const QUATERNION_BITS = 10;

/** T = R(x, y, z) F, R the rotation matrix of the quaternion (256, x, y, z) (Euler-Rodrigues). */
export function colourBasis(x: number, y: number, z: number): ColourBasis {
  const w = QUATERNION_REAL;
  const n = w * w + x * x + y * y + z * z;

  const r = [
    w * w + x * x - y * y - z * z,
    2 * (x * y - w * z),
    2 * (x * z + w * y),
    2 * (x * y + w * z),
    w * w - x * x + y * y - z * z,
    2 * (y * z - w * x),
    2 * (x * z - w * y),
    2 * (y * z + w * x),
    w * w - x * x - y * y + z * z,
  ];
  const t = new Float64Array(9);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++)
      t[i * 3 + j] =
        (r[i * 3]! * FIXED_BASIS[j]! +
          r[i * 3 + 1]! * FIXED_BASIS[3 + j]! +
          r[i * 3 + 2]! * FIXED_BASIS[6 + j]!) /
        n;
  return t;
}
