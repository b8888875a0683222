import { printable } from './printable.js';

/** Beginnings that say nothing: of sharp, and of libvips' loaders. */
const PREAMBLE =
  /^(?:Input (?:buffer|file) (?:has corrupt header|contains|is)[^:]*: )?(?:Vips\w+: |\w+2vips: |\w+load(?:_\w+)?: |\w+: )*/;
const LONGEST = 120;

/** What a library said, in a few words of one line: its first, once, without its own name. */
export function shortReason(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n');
  const bare = printable(first.replace(PREAMBLE, '').trim() || first).replace(/[:\s]+$/, '');
  return bare.length > LONGEST ? `${bare.slice(0, LONGEST - 3)}...` : bare || 'no reason is known';
}
