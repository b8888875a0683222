import { multiply } from '../algebra/multiply.js';
import { qr } from '../algebra/qr.js';
import { svd } from '../algebra/svd.js';
import { transpose } from '../algebra/transpose.js';
import { type Matrix, matrix } from '../core/matrix.js';
import { readColumns } from '../decode/columns.js';
import type { OpenFile } from '../decode/open.js';
import type { ChannelFactors } from './channel-factors.js';

/**
 * The factors of layout `channel`. Quantised columns are not quite orthogonal: with U = Q R and V = P S, the singular values of U V^T are
 * those of R S^T, rank x rank.
 */
export function columnFactors(file: OpenFile): ChannelFactors[] {
  const channels = Array.from({ length: file.header.channels }, () => ({
    left: [] as Float64Array[],
    right: [] as Float64Array[],
    bytes: 0,
  }));
  readColumns(file, (channel, u, v, taken) => {
    const terms = channels[channel]!;
    terms.bytes += taken;
    // If a column of V is zero, its column of U has no effect.
    if (!v?.some(value => value !== 0)) return;
    terms.left.push(u);
    terms.right.push(v);
  });
  return channels.map(({ left, right, bytes: taken }) => ({
    basis: 'svd',
    rotations: 0,
    terms: 0,
    bytes: taken,
    rank: left.length,
    singularValues: left.length ? singularValues(left, right) : [],
  }));
}

const singularValues = (left: Float64Array[], right: Float64Array[]): number[] =>
  Array.from(svd(multiply(triangle(left), transpose(triangle(right)))).s);

/** R of the QR factorisation of the matrix with these columns. */
function triangle(columns: Float64Array[]): Matrix {
  const rows = matrix(columns.length, columns[0]!.length);
  for (const [i, column] of columns.entries()) rows.data.set(column, i * rows.stride);
  return qr(transpose(rows)).r;
}
