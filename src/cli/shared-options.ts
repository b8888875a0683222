import { type Command, Option } from 'commander';
import { MAX_PIXELS } from '../core/limits.js';
import { RANGES } from '../encode/options.js';
import { PLACEHOLDER_BYTES } from '../placeholder/encode-placeholder.js';
import { parseNumber, parseSize } from './numbers.js';

// Options that several commands have.

export const quietOption = (): Option => new Option('-q, --quiet', 'print errors only');
export const rankOption = (text: string): Option =>
  new Option('--rank <k>', text).argParser(parseNumber(...RANGES.rank, true));
export const sizeOption = (text: string): Option => new Option('--size <bytes>', text).argParser(parseSize);

export const limitOption = (): Option =>
  new Option('--limit-pixels <n>', `refuse larger pictures (default: ${MAX_PIXELS})`).argParser(parseSize);
export const placeholderOption = (text: string): Option => {
  const { least, usual, most } = PLACEHOLDER_BYTES;
  return new Option(
    '--placeholder [bytes]',
    `${text}, of at most this many bytes: ${least} to ${most} (default: ${usual})`,
  ).argParser(parseNumber(least, most, true));
};
export const JSON_FLAG = ['--json', 'one JSON object a file on stdout'] as const;

/** Adds options of commands that work on many files. */
export const addManyOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('-j, --jobs <n>', "files at a time (default: the machine's cores)").argParser(
        parseNumber(1, 1024, true),
      ),
    )
    .option('-u, --update', 'skip what is up to date by content, settings and version; make the rest anew')
    .option('--dry-run', 'only say what would be done')
    .option('--watch', 'run again whenever inputs change, as with --update; Ctrl-C ends it');

/** Called with the exit code of the command that ran. */
export type Finish = (code: number) => void;
