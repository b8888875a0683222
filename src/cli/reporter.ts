import { inspect } from 'node:util';
import { CodecError } from '../core/errors.js';
import { oneLine, systemCode } from '../io/errors.js';
import { writeToStream } from '../io/files/write-to-stream.js';
import { type ClipReport, type FileReport, type FileResult, IoError } from '../io/index.js';
import { flagOf } from '../io/jobs/flag-of.js';
import { clipLine } from './clip-line.js';
import { createProgress, type Progress } from './progress.js';
import { reportLine } from './report-line.js';
import type { Planned } from './run-task.js';
import type { Terminal } from './terminal.js';

/** Reports what becomes of each file: objects on stdout with --json, lines on stderr. */
export interface Reporter {
  progress: Progress;
  /** With `from`, the bytes reported are those read. */
  done(result: Omit<FileResult, 'data'> | ClipReport, from: boolean): Promise<void>;
  /** An output that is up to date, or that would be made. `verb`: 'encoded'. */
  planned(planned: Planned, verb: string): Promise<void>;
  /** One line on stderr, and an object with --json. */
  failed(input: string, error: unknown): Promise<void>;
  /** Number of failures so far. */
  failures(): number;
  /** With --json, an object for each file that was skipped; otherwise the summary names them. */
  skipped(files: readonly Skipped[]): Promise<void>;
  /** Removes the bar and, if there was more than one file or a failure, sums up. `current`: number of files up to date. */
  summary(succeeded: number, verb: string, others?: { current?: number; skipped?: readonly Skipped[] }): void;
}

/** A file in a folder that was skipped, and the reason. */
export interface Skipped {
  path: string;
  reason: string;
}

/** At most this many skipped files are named on a terminal; --json names all. */
const NAMED = 100;

/** Has the reader of our pipe gone away? Then there is nobody left to tell. */
export const isClosedPipe = (error: unknown): boolean =>
  error instanceof IoError && error.path === '-' && systemCode(error.cause) === 'EPIPE';

/** Code and message of any error, in one line. Unknown errors are INTERNAL: a bug, but no stack is shown. */
export function describeError(error: unknown, input: string): { code: string; message: string } {
  if (error instanceof CodecError) return { code: error.code, message: error.message.replace(/^\w+: /, '') };
  if (error instanceof IoError) {
    // The library names its option.
    const reason =
      error.code === 'EXISTS' ? error.reason.replace(/\bforce\b/, flagOf('force')) : error.reason;
    return { code: error.code, message: error.path === input ? reason : `${error.path}: ${reason}` };
  }
  return { code: 'INTERNAL', message: oneLine(error) };
}

export function createReporter(terminal: Terminal, json: boolean): Reporter {
  const shown = createProgress(terminal);
  const progress: Progress = terminal.quiet ? { update() {}, line() {}, end() {} } : shown;
  let failures = 0;
  const emit = (object: object): Promise<void> =>
    writeToStream(terminal.stdout, `${JSON.stringify(object)}\n`);
  return {
    progress,
    async done({ notes, ...report }, from) {
      for (const note of notes) progress.line(`${report.input}: note: ${note}`);
      if (json) await emit({ ...rounded(report), ...(notes.length > 0 && { notes }) });
      else progress.line('frames' in report ? clipLine(report, from) : reportLine(report, from));
    },
    async planned({ input, output, action }, verb) {
      if (json) await emit({ input, output, action });
      else if (action === 'make') progress.line(`${input} -> ${output}: would be ${verb}`);
      else progress.line(`${input} -> ${output}: up to date`);
    },
    async failed(input, error) {
      failures++;
      const { code, message } = describeError(error, input);
      shown.line(`${input}: ${code}: ${message}`);
      if (terminal.verbose) for (const line of inspect(error).split('\n')) shown.line(line);
      if (json) await emit({ input, error: { code, message } });
    },
    failures: () => failures,
    async skipped(files) {
      if (json) for (const { path, reason } of files) await emit({ input: path, skipped: reason });
    },
    summary(succeeded, verb, { current = 0, skipped = [] } = {}) {
      progress.end();
      for (const { path, reason } of skipped.slice(0, NAMED)) progress.line(`${path}: skipped: ${reason}`);
      if (skipped.length > NAMED)
        progress.line(`and ${skipped.length - NAMED} more skipped: --json names them all`);
      const left = current > 0 ? `${current} up to date, ` : '';
      const passed = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
      if (succeeded + current + failures > 1 || failures > 0 || passed)
        progress.line(`${succeeded} ${verb}, ${left}${failures} failed${passed}`);
    },
  };
}

/** The report with meaningful digits only. Infinity, which JSON does not have, becomes null. */
function rounded<T extends Pick<FileReport, 'bpp' | 'psnr' | 'milliseconds'>>(report: T): T {
  const to = (digits: number, value: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
  return {
    ...report,
    bpp: to(6, report.bpp),
    psnr: to(4, report.psnr),
    milliseconds: to(1, report.milliseconds),
  };
}
