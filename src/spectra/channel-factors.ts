/** What a file stores of one channel's matrix X ~ U V^T. */
export interface ChannelFactors {
  /** V: the DCT basis alone, the DCT basis turned by the picture's own rotations, or the exact SVD basis. */
  basis: 'dct' | 'rotated' | 'svd';
  /** Givens rotations that are stored; 0 in layout `channel`, which stores the columns of V themselves. */
  rotations: number;
  /** Terms of the picture's own prediction of planes from planes. */
  terms: number;
  /** What V and the prediction take in the file: bytes, rounded. */
  bytes: number;
  /** Columns in use: those of U with a value that is not zero. */
  rank: number;
  /** Singular values of U V^T as stored, `rank` of them, descending, in units of 1 / 255 of the peak. */
  singularValues: number[];
}
