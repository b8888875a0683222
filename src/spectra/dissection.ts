import type { BlockContents } from '../decode/blocks.js';
import type { OpenFile } from '../decode/open.js';
import type { TermStep } from '../encode/columns/terms.js';
import type { Header } from '../format/header.js';

/** A picture as factors: those of a file, or those before anything is coded. */
export type Factored = BlockFactored | ColumnFactored;

interface Shared {
  /** What is needed to turn the factors back into a picture. */
  file: {
    header: Pick<Header, 'width' | 'height' | 'channels' | 'bitDepth' | 'colour' | 'weights' | 'step'>;
  };
  /** Columns in use in the channel with most. */
  columns: number;
}

/** Layout `block`. */
export interface BlockFactored extends Shared, BlockContents {
  layout: 'block';
}

/** Layout `channel`. */
export interface ColumnFactored extends Shared {
  layout: 'channel';
  /** In order: column n of a channel is its n-th term. */
  terms: TermStep[];
}

/** A file taken apart into factors, kept so that any part can be put together again. */
export type Dissection = BlockDissection | ColumnDissection;

/** Layout `block`. */
export interface BlockDissection extends BlockFactored {
  file: OpenFile;
}

/** Layout `channel`. Terms are in the order of the file. */
export interface ColumnDissection extends ColumnFactored {
  file: OpenFile;
}

/** An atom: a column of V with its column of U, by channel and by its index among the channel's columns, 0 or more. */
export interface Atom {
  channel: number;
  column: number;
}
