import type { Raster } from '../core/raster.js';
import { openFile } from '../decode/open.js';
import { rankOf } from '../planes/schedule.js';
import { blockRanks } from './block-ranks.js';
import { columnRanks } from './column-ranks.js';

/** What the first columns of a file take. */
export interface RankFile {
  /** Columns kept a channel at most. */
  rank: number;
  /** A file of its own of these columns: it decodes to what `decode` makes of the whole file at this rank. */
  bytes: Uint8Array;
  /**
   * Bytes of the quantised factors without the entropy coder: each column of U (and of V, where it is stored as columns) with as many bits a
   * number as its largest level needs.
   */
  fixedBytes: number;
}

/**
 * Takes a file apart and writes, for each of `ranks`, its first columns as a file without those behind them: the same levels, coded anew. At the file's own rank
 * and above it is the file itself. `raster` is the picture that was encoded, from which the PSNRs in the headers are measured. Metadata go with the whole
 * file only. Throws CodecError as `decode` does.
 */
export function rankFiles(bytes: Uint8Array, raster: Raster, ranks: readonly number[]): RankFile[] {
  const file = openFile(bytes);
  const columns = rankOf(file.steps.slice(0, file.count));
  const write = (file.header.layout === 'block' ? blockRanks : columnRanks)(bytes, file, raster);
  return ranks.map(rank => {
    const { bytes: own, fixedBits } = write(Math.min(rank, columns));
    return { rank, bytes: rank < columns ? own : bytes, fixedBytes: Math.ceil(fixedBits / 8) };
  });
}
