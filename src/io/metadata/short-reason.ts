import { printable } from './printable.js';

/** Beginnings that say nothing: of sharp, and of libvips' loaders. */
const PREAMBLE =
  /^(?:Input (?:buffer|file) (?:has corrupt header|contains|is)[^:]*: )?(?:Vips\w+: |\w+2vips: |\w+load(?:_\w+)?: |\w+: )*/;
/** What libtiff, libjpeg and libvips say on the way, and go on. */
const WARNING =
  /TIFF_SETGET_UNDEFINED|^\w+: Corrupt JPEG data|not an ICC profile|Unknown field with tag|[Ww]arning/;
/** sharp cuts what is too long. */
const CUT = /\.\.\.$/;
const LONGEST = 120;

/** What a library said, in a few words of one line: the last that is no warning, by which it gave up, without its own name. */
export function shortReason(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).trim().split('\n');
  const said =
    lines.filter(line => line.trim() && !WARNING.test(line) && !CUT.test(line)).at(-1) ?? lines[0]!;
  const bare = printable(said.replace(PREAMBLE, '').trim() || said).replace(/[:\s]+$/, '');
  return bare.length > LONGEST ? `${bare.slice(0, LONGEST - 3)}...` : bare || 'no reason is known';
}
