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

/** Options of every command that writes files. */
export interface BatchOptions {
  output?: string;
  recursive?: boolean;
  force?: boolean;
  json?: boolean;
}

/** Options of commands that work on many files. */
export interface ManyOptions extends BatchOptions {
  /** Files at a time, in threads. Default: the machine's cores. */
  jobs?: number;
  /** Skip outputs that are up to date, and make the others anew. */
  update?: boolean;
  /** Only say what would be done. */
  dryRun?: boolean;
  /** Run again whenever inputs change. */
  watch?: boolean;
}

/** How a command treats one input. */
export interface BatchJob {
  /** Past tense, for the summary: 'encoded'. */
  verb: string;
  wanted: Wanted;
  /** Are the inputs files, and never folders? */
  filesOnly?: boolean;
  /** Extension of the outputs, with its dot. */
  extension: string;
  /** Sizes to make. */
  resize?: Resize | undefined;
  widths?: readonly number[] | undefined;
  /** Everything besides the input that the bytes depend on: decides what is up to date. */
  settings: object;
  /** Throws UsageError if -o names a file that this command cannot make. */
  checkFile?(path: string): void;
  /** Throws UsageError if -o must be a folder but has the name of a file. */
  checkFolder?(path: string): void;
  /** Will all threads work on this one input? */
  isLarge?(path: string): Promise<boolean>;
  /** The picture in an input from which several files are made; undefined if there is none, which `run` will report. */
  read?: ((source: string | Uint8Array, name: string) => Promise<ImageInput | undefined>) | undefined;
  /**
   * For an input that becomes a folder, the function that fills it; the folder is named as the file would be, without extension. Undefined
   * if `run` makes a file.
   */
  fill?(input: string): Promise<((folder: string, options: FillOptions) => Promise<ClipReport>) | undefined>;
  /** Processes a path or bytes, in this thread or one of the pool; writes nothing. */
  run(source: string | Uint8Array, context: JobContext): Promise<FileResult | ClipResult>;
}

/** Options for filling a folder. */
export type FillOptions = WriteOptions & Pick<DecodeClipOptions, 'onFrames'>;

/** What a job needs to know besides its source. */
export interface JobContext {
  name: string;
  resize?: Resize | undefined;
  /** The picture, if it has been read already. */
  image?: ImageInput | undefined;
  /** Undefined: work in this thread. */
  pool: ThreadPool | undefined;
  onProgress(fraction: number): void;
}
