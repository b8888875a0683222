import type { BlockParts } from '../decode/blocks.js';
import type { OpenFile } from '../decode/open.js';
import type { TermStep } from '../encode/terms.js';

/** A file taken apart as far as its factors, kept so that any part of them can be put together again. */
export type Dissection = BlockDissection | ColumnDissection;

interface Shared {
  file: OpenFile;
  /** Columns in use in the channel that has most. */
  columns: number;
}

/** Layout `block`. */
export interface BlockDissection extends Shared, BlockParts {
  layout: 'block';
  /** By channel the weights of the planes that runs take, see `spread`. */
  weights: Float64Array[];
}

/** Layout `channel`. */
export interface ColumnDissection extends Shared {
  layout: 'channel';
  /** In the order of the file: column n of a channel is its n-th term. */
  terms: TermStep[];
}

/** An atom: a column of V with its column of U, by channel and by its place in the order of the channel's columns, 0 or more. */
export interface Atom {
  channel: number;
  column: number;
}
