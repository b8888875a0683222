import { messageOf } from '../errors.js';
import { printable } from './printable.js';

/** Beginnings without information, from sharp and from libvips' loaders. */
const PREAMBLE =
  /^(?:Input (?:buffer|file) (?:has corrupt header|contains|is)[^:]*: )?(?:Vips\w+: |\w+2vips: |\w+load(?:_\w+)?: |\w+: )*/;
/** Messages of libtiff, libjpeg and libvips that do not stop them. */
const WARNING =
  /TIFF_SETGET_UNDEFINED|^\w+: Corrupt JPEG data|not an ICC profile|Unknown field with tag|[Ww]arning/;
/** sharp truncates long messages. */
const CUT = /\.\.\.$/;
const LONGEST = 120;

/** The reason in a library's message, short and in one line, without the library's name: its last message that is not a warning. */
export function shortReason(error: unknown): string {
  const lines = messageOf(error).trim().split('\n');
  const said =
    lines.filter(line => line.trim() && !WARNING.test(line) && !CUT.test(line)).at(-1) ?? lines[0]!;
  const bare = printable(said.replace(PREAMBLE, '').trim() || said).replace(/[:\s]+$/, '');
  return bare.length > LONGEST ? `${bare.slice(0, LONGEST - 3)}...` : bare || 'no reason is known';
}
