import { pixelModel, placeOf } from '../../../src/tiles/model.js';
import { writeTiles } from '../../../src/tiles/write.js';
import { fence, wrapped } from './text.js';

/** Colours by letter, and a picture of them, of one cell. */
const COLOURS: Record<string, number> = { a: 0xf0eee6, b: 0x143c5a, c: 0xf0dca0 };
const PICTURE = ['aabaaa', 'aabaac', 'aabaac', 'aabaac'];

const hex = (colour: number): string => (colour & 0xffffff).toString(16).padStart(6, '0');

/** Families of contexts, and their first numbers in the code. */
const FAMILIES: [name: string, from: number][] = [
  ['exact', 0],
  ['foretold', 8],
  ['candidate', 72],
  ['first sample', 968],
  ['sample', 3016],
];

interface Bit {
  name: string;
  index: number;
  bit: number;
}

function bitOf(context: number, bit: number): Bit {
  if (context === 3016) return { name: 'same', index: 0, bit };
  const [name, from] = [...FAMILIES].reverse().find(([, from]) => context >= from)!;
  return { name, index: context - from + (name === 'sample' ? 256 : 0), bit };
}

/** Bits by name, index and value; for a tree its number and its eight bits. */
function shown(bits: readonly Bit[]): string {
  const out: string[] = [];
  for (let n = 0; n < bits.length; n++) {
    const { name, index, bit } = bits[n]!;
    if (!name.includes('sample')) out.push(`${name} ${index}: ${bit}`);
    else {
      const tree = bits.slice(n, n + 8).map(({ bit }) => bit);
      out.push(`tree ${name} ${index >> 8}: ${tree.join('')}`);
      n += 7;
    }
  }
  return out.join(', ');
}

/** All bits of a cell that is exact, pixel by pixel. */
export function workedCells(): string {
  const width = PICTURE[0]!.length;
  const size = { width, height: PICTURE.length };
  const model = pixelModel(size.width, size.height, 3);
  const lines: string[] = [];
  let pixels: string[] = [];
  let bits: Bit[] = [];
  const flush = (): void => {
    if (bits.length) lines.push(`${pixels.at(-1) ?? ''}${shown(bits)}`);
    bits = [];
  };
  writeTiles(
    {
      bit(context, bit) {
        const of = bitOf(context, bit);
        if (of.name === 'foretold') {
          // A writer has looked at the pixels of the row: at all of them where it is predicted.
          const known = pixels;
          pixels = [];
          bits.push(of);
          flush();
          if (bit) lines.push(...known.map(pixel => `${pixel}the first`));
        } else bits.push(of);
      },
    },
    size,
    model,
    Uint8Array.of(1),
    (p, count) => {
      flush();
      const y = PICTURE.findIndex((_, y) => p < placeOf(width, y, model.stride));
      const x = p - placeOf(0, y, model.stride);
      const candidates = Array.from({ length: count }, (_, i) => hex(model.candidates[i]!));
      pixels.push(`(${x}, ${y}) [${candidates.join(' ')}] `);
      return COLOURS[PICTURE[y]![x]!]!;
    },
    () => {
      flush();
      pixels = [];
    },
  );
  const colours = Object.entries(COLOURS).map(([letter, colour]) => `${letter} = ${hex(colour)}`);
  return [
    wrapped(
      `One cell of a picture of ${size.width} x ${size.height} pixels, RGB, in the colours ${colours.join(', ')}, row by row: ${PICTURE.join(' ')}. ` +
        'Its bits, each with the family and the index of its context (18.1). The candidates of a pixel precede its bits.',
    ),
    fence(lines),
  ].join('\n');
}
