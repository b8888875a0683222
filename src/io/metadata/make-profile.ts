/** Chromaticities x, y of the primaries and of white. */
export interface Chromaticities {
  red: readonly [number, number];
  green: readonly [number, number];
  blue: readonly [number, number];
  white: readonly [number, number];
}

/** What a profile is made of. */
export interface ProfileParts {
  /** ASCII; shown by viewers. */
  name: string;
  chromaticities: Chromaticities;
  /**
   * Linear light of a sample: the exponent of a power, the curve of sRGB, 2 to 4,096 values for samples from 0 to 1, or a curve copied from
   * a profile.
   */
  curve: number | 'sRGB' | readonly number[] | Uint8Array;
  /** Code points of ITU-T H.273: primaries and transfer. Kept in the profile as its tag 'cicp'. */
  cicp?: readonly [primaries: number, transfer: number];
}

type Vector = [number, number, number];
type Matrix = [Vector, Vector, Vector];

/** White of the connection space: ICC.1:2022, 7.2.16. */
const D50: Vector = [0.9642, 1, 0.8249];
/** Bradford's cone responses: ICC.1:2022, annex E. */
const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

const times = (m: Matrix, v: Vector): Vector =>
  m.map(row => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as Vector;
const columns = (m: Matrix): Matrix => [0, 1, 2].map(c => m.map(row => row[c])) as Matrix;
const product = (a: Matrix, b: Matrix): Matrix =>
  columns(columns(b).map(column => times(a, column)) as Matrix);

function inverse([a, b, c]: Matrix): Matrix {
  const cross = (u: Vector, v: Vector): Vector => [
    u[1] * v[2] - u[2] * v[1],
    u[2] * v[0] - u[0] * v[2],
    u[0] * v[1] - u[1] * v[0],
  ];
  const rows = [cross(b, c), cross(c, a), cross(a, b)];
  const determinant = a[0] * rows[0]![0] + a[1] * rows[0]![1] + a[2] * rows[0]![2];
  return columns(rows.map(row => row.map(value => value / determinant)) as Matrix);
}

const xyz = ([x, y]: readonly [number, number]): Vector => [x / y, 1, (1 - x - y) / y];

/** Colorants in D50, and the matrix that adapted white. */
function adapted({ red, green, blue, white }: Chromaticities): { colorants: Matrix; adaptation: Matrix } {
  const primaries = columns([xyz(red), xyz(green), xyz(blue)]);
  const scale = times(inverse(primaries), xyz(white));
  const toXyz = primaries.map(row => row.map((value, c) => value * scale[c]!)) as Matrix;
  const [from, to] = [times(BRADFORD, xyz(white)), times(BRADFORD, D50)];
  const ratios = BRADFORD.map((row, r) => row.map(value => (value * to[r]!) / from[r]!)) as Matrix;
  const adaptation = product(inverse(BRADFORD), ratios);
  return { colorants: columns(product(adaptation, toXyz)), adaptation };
}

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

function numbers(...values: number[]): Buffer {
  const out = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => {
    out.writeInt32BE(Math.round(value * 65_536), 4 * i); // s15Fixed16Number
  });
  return out;
}

const typed = (type: string, ...parts: Uint8Array[]): Buffer =>
  Buffer.concat([ascii(type), Buffer.alloc(4), ...parts]);

function text(value: string): Buffer {
  const utf16 = Buffer.from(value, 'utf16le').swap16();
  const head = Buffer.alloc(20); // one record of 12 bytes, en-US, its text at byte 28
  head.writeUInt32BE(1, 0);
  head.writeUInt32BE(12, 4);
  head.write('enUS', 8, 'latin1');
  head.writeUInt32BE(utf16.length, 12);
  head.writeUInt32BE(28, 16);
  return typed('mluc', head, utf16);
}

function curveTag(curve: ProfileParts['curve']): Buffer {
  if (curve instanceof Uint8Array) return Buffer.from(curve);
  if (typeof curve === 'number') return typed('para', Buffer.alloc(4), numbers(curve));
  // function 3, with its parameters g, a, b, c, d: IEC 61966-2-1
  if (curve === 'sRGB')
    return typed(
      'para',
      Uint8Array.of(0, 3, 0, 0),
      numbers(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045),
    );
  const table = Buffer.alloc(4 + 2 * curve.length);
  table.writeUInt32BE(curve.length, 0);
  curve.forEach((value, i) => {
    table.writeUInt16BE(Math.round(Math.min(1, Math.max(0, value)) * 65_535), 4 + 2 * i);
  });
  return typed('curv', table);
}

/** An ICC profile, version 4.4, of a display with these primaries and this curve; for grey pixels with the curve alone. ICC.1:2022, 8.3. */
export function makeProfile({ name, chromaticities, curve, cicp }: ProfileParts, grey = false): Uint8Array {
  const { colorants, adaptation } = adapted(chromaticities);
  const tone = curveTag(curve);
  const tags: [string, Buffer][] = [
    ['desc', text(name)],
    ['cprt', text('CC0')],
    ['wtpt', typed('XYZ ', numbers(...D50))],
    ['chad', typed('sf32', numbers(...adaptation.flat()))],
  ];
  if (grey) tags.push(['kTRC', tone]);
  else
    for (const [i, letter] of ['r', 'g', 'b'].entries())
      tags.push([`${letter}XYZ`, typed('XYZ ', numbers(...colorants[i]!))], [`${letter}TRC`, tone]);
  if (cicp && !grey) tags.push(['cicp', typed('cicp', Uint8Array.of(...cicp, 0, 1))]);
  return assembled(tags, grey);
}

/** Header, table of tags, tags; equal tags share their data. */
function assembled(tags: readonly [string, Buffer][], grey: boolean): Uint8Array {
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length, 0);
  const parts: Buffer[] = [];
  const places = new Map<Buffer, number>();
  let end = 128 + table.length;
  for (const [i, [signature, data]] of tags.entries()) {
    if (!places.has(data)) {
      places.set(data, end);
      const padded = Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
      parts.push(padded);
      end += padded.length;
    }
    table.write(signature, 4 + 12 * i, 'latin1');
    table.writeUInt32BE(places.get(data)!, 8 + 12 * i);
    table.writeUInt32BE(data.length, 12 + 12 * i);
  }
  const header = Buffer.alloc(128);
  header.writeUInt32BE(end, 0);
  header.writeUInt32BE(0x04400000, 8);
  header.write(grey ? 'mntrGRAYXYZ ' : 'mntrRGB XYZ ', 12, 'latin1');
  header.set([0x07, 0xd0, 0, 1, 0, 1], 24); // 1 January 2000: the same bytes for the same colours
  header.write('acsp', 36, 'latin1');
  numbers(...D50).copy(header, 68);
  return new Uint8Array(Buffer.concat([header, table, ...parts]));
}
