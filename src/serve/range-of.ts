/**
 * Bytes [from, to) of a Range header with one range; 'beyond' if none of them exists; undefined if all bytes are asked for, or in a way
 * that is not supported: RFC 9110 allows all of them as the answer.
 */
export function rangeOf(
  header: string | null,
  length: number,
): { from: number; to: number } | 'beyond' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || (!first && !last)) return undefined;
  if (!first) return +last! ? { from: Math.max(0, length - +last!), to: length } : 'beyond';
  if (last && +last < +first) return undefined;
  return +first < length ? { from: +first, to: Math.min(length, last ? +last + 1 : length) } : 'beyond';
}
