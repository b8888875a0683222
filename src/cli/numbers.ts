import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  ki: 1024,
  mi: 1024 ** 2,
  gi: 1024 ** 3,
};

/** '120k', '1.5M', '64Ki' or plain bytes -> an integer; k is 1,000, Ki is 1,024; a trailing b is allowed. */
export function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(k|m|g|ki|mi|gi)?b?$/i.exec(text.trim());
  const size = match ? Math.round(Number(match[1]) * UNITS[(match[2] ?? '').toLowerCase()]!) : 0;
  if (size < 1 || !Number.isSafeInteger(size))
    throw new InvalidArgumentError('Expected a size such as 120k, 1.5M or 65536.');
  return size;
}

/** NaN if it is not a number. */
const numberOf = (text: string): number =>
  /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;

/** A parser of numbers from `low` to `high`, inclusive; with `whole`, only of integers. */
export const parseNumber =
  (low: number, high: number, whole = false) =>
  (text: string): number => {
    const value = numberOf(text);
    if (value >= low && value <= high && (!whole || Number.isInteger(value))) return value;
    const range = high === Number.POSITIVE_INFINITY ? `${low} or more` : `from ${low} to ${high}`;
    throw new InvalidArgumentError(`Expected a ${whole ? 'whole ' : ''}number ${range}.`);
  };

/** A parser of numbers above 0, up to `most`. */
export const parsePositive =
  (most = Number.MAX_VALUE) =>
  (text: string): number => {
    const value = numberOf(text);
    if (value > 0 && value <= most) return value;
    const end = most === Number.MAX_VALUE ? '' : ` and at most ${most}`;
    throw new InvalidArgumentError(`Expected a number above 0${end}.`);
  };

/** A parser of a few allowed numbers. */
export const parseOneOf =
  (values: readonly number[]) =>
  (text: string): number => {
    const value = numberOf(text);
    if (values.includes(value)) return value;
    throw new InvalidArgumentError(`Expected ${values.slice(0, -1).join(', ')} or ${values.at(-1)}.`);
  };
