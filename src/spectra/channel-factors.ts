/** What a file stores of one channel's matrix X ~ U V^T. */
export interface ChannelFactors {
  /** V: the DCT basis alone, the DCT basis with the picture's own rotations, or the exact SVD basis. */
  basis: 'dct' | 'rotated' | 'svd';
  /** Number of stored Givens rotations; 0 in layout `channel`, which stores the columns of V themselves. */
  rotations: number;
  /** Number of terms in the picture's own predictors. */
  terms: number;
  /** Bytes of V and the predictors in the file, rounded. */
  bytes: number;
  /** Columns in use: those of U with a nonzero value. */
  rank: number;
  /** Singular values of U V^T as stored, `rank` of them, descending, in units of 1 / 255 of the peak. */
  singularValues: number[];
}
