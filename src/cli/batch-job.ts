import type {
  ClipReport,
  ClipResult,
  DecodeClipOptions,
  FileResult,
  ImageInput,
  Resize,
  Wanted,
  WriteOptions,
} from '../io/index.js';
import type { ThreadPool } from '../workers/pool.js';

/** What every command that writes files takes. */
export interface BatchOptions {
  output?: string;
  recursive?: boolean;
  force?: boolean;
  json?: boolean;
}

/** What commands take that work on many files. */
export interface ManyOptions extends BatchOptions {
  /** Files at a time, in threads; default: the machine's cores. */
  jobs?: number;
  /** Leave out what is up to date, make anew what is not. */
  update?: boolean;
  /** Say what would be done. */
  dryRun?: boolean;
  /** Go on whenever inputs change. */
  watch?: boolean;
}

/** What one command does with one input. */
export interface BatchJob {
  /** Past tense, for the summary: 'encoded'. */
  verb: string;
  wanted: Wanted;
  /** Of the outputs, with its dot. */
  extension: string;
  /** Sizes to make. */
  resize?: Resize | undefined;
  widths?: readonly number[] | undefined;
  /** All that the bytes depend on beside the input: for what is up to date. */
  settings: object;
  /** Throws UsageError if -o names a file that this command cannot make. */
  checkFile?(path: string): void;
  /** Throws UsageError if -o, where a folder is to be, is named as a file. */
  checkFolder?(path: string): void;
  /** Is this input worked on by all threads there are? */
  isLarge?(path: string): Promise<boolean>;
  /** The picture in an input of which several files are made; undefined where it is none, as `run` will say. */
  read?: ((source: string | Uint8Array, name: string) => Promise<ImageInput | undefined>) | undefined;
  /** The work of an input that fills a folder, named as its file would be without the extension; undefined where `run` makes a file of it. */
  fill?(input: string): Promise<((folder: string, options: FillOptions) => Promise<ClipReport>) | undefined>;
  /** Works on a path or on bytes, here or in a thread of the pool; writes nothing. */
  run(source: string | Uint8Array, context: JobContext): Promise<FileResult | ClipResult>;
}

/** How a folder is filled. */
export type FillOptions = WriteOptions & Pick<DecodeClipOptions, 'onFrames'>;

/** What a job needs to know besides its source. */
export interface JobContext {
  name: string;
  resize?: Resize | undefined;
  /** The picture, where it is read already. */
  image?: ImageInput | undefined;
  /** Undefined: in this thread. */
  pool: ThreadPool | undefined;
  onProgress(fraction: number): void;
}
