import { crc32 } from '../../../src/bits/crc32.js';
import { bigEndian } from '../../../src/format/big-endian.js';
import { CRITICAL } from '../../../src/format/extension.js';
import { joined } from '../../../src/format/joined.js';
import { readHeader } from '../../../src/format/read-header.js';
import { writeSection } from '../../../src/sequence/write-section.js';
import { withStream } from '../../fuzz/files.js';
import { type Fields, inventPicture } from './invent-picture.js';
import { assembled, type Parts } from './invent-sequence.js';
import { withPlainByte } from './plain-byte.js';

const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = bytes.slice();
  copy[at]! ^= 16;
  return copy;
};

/** The first byte of range m of layer n, both counted from 0. */
function placeOf(bytes: Uint8Array, n: number, m: number): number {
  const { header, stream } = readHeader(bytes);
  const ends = header.layers.flatMap(({ ranges }) => ranges.map(({ end }) => end));
  return stream + (ends[n * header.layers[0]!.ranges.length + m - 1] ?? 0);
}

/** Pictures that are refused, or decoded in part, in ways that `test/golden-errors` does not cover. */
export function damagedPictures(of: Record<string, Uint8Array>): Record<string, Uint8Array> {
  const parts = of['parts-grey-16']!;
  const { header, stream } = readHeader(parts);
  const body = parts.subarray(stream, parts.length - 4);
  const second = header.layers[0]!.ranges.length;
  // Part 3 has a byte of its own behind what is read.
  const longer = header.layers.map((layer, n) => ({
    ...layer,
    ranges: layer.ranges.map((range, m) => ({
      ...range,
      end: range.end + (n < header.layers.length - 1 || m < 3 ? 0 : 6),
    })),
  }));
  const cut = header.layers.at(-1)!.ranges[3]!.end;
  return {
    'damaged-picture-range': flipped(parts, placeOf(parts, 0, 0)),
    'damaged-part-2': flipped(parts, placeOf(parts, 1, 2)),
    'damaged-last-part': flipped(parts, placeOf(parts, 1, second - 1)),
    'unread-bytes-in-part-3': withStream(
      { ...header, layers: longer },
      joined([body.subarray(0, cut), new Uint8Array(6).fill(9), body.subarray(cut)]),
      true,
    ),
    'minor-version-and-channels': withPlainByte(withPlainByte(of['rank-11']!, 5, 0x13), 6, 0),
  };
}

/** Sequences that are refused, by name, made from intact ones. */
export function damagedSequences(
  of: Record<string, Parts>,
  pictures: Record<string, Uint8Array>,
): Record<string, Uint8Array> {
  const rgb = of['frames-rgb']!;
  const three = of['frames-rgb-three-factors']!;
  const file = assembled(rgb);
  const head = file.length - 4 - joined(rgb.sections).length;
  const sealed = (parts: Parts, change: (bytes: Uint8Array) => void): Uint8Array => {
    const copy = assembled(parts).slice();
    change(copy);
    const end = copy.length - 4;
    copy.set(bigEndian(crc32(copy, 0, end), 4), end);
    return copy;
  };
  const withFrame = (t: number, section: Uint8Array): Uint8Array =>
    assembled({ ...rgb, sections: rgb.sections.map((was, i) => (i === t ? section : was)) });
  const withPicture = (parts: Parts, k: number, picture: Uint8Array): Uint8Array =>
    assembled({ ...parts, pictures: parts.pictures.map((was, i) => (i === k ? picture : was)) });
  const streamOf = (section: Uint8Array): Uint8Array =>
    section.subarray(section[0]! < 128 ? 1 : 2, section.length - 2);
  const first = streamOf(rgb.sections[0]!);
  const picture = rgb.pictures[0]!;
  const { width, height } = rgb.header;
  const blank = (rest: Partial<Fields>): Uint8Array =>
    inventPicture({ fields: { width, height, ...rest }, decide: () => 0 });
  return {
    'sequence-header-bit': flipped(file, 9),
    'sequence-critical-extension': assembled({
      ...rgb,
      header: {
        ...rgb.header,
        extensions: [{ type: CRITICAL + 1, length: 1, bytes: Uint8Array.of(7) }],
      },
    }),
    'sequence-frame-2-bit': flipped(file, head + rgb.sections[0]!.length + 9),
    'sequence-checksum-bit': flipped(file, file.length - 1),
    'sequence-byte-after-the-end': joined([file, Uint8Array.of(0)]),
    'sequence-endless-size': sealed(rgb, bytes => bytes.fill(255, head, head + 5)),
    'sequence-unread-bytes-in-frame-1': withFrame(
      0,
      writeSection(joined([first, new Uint8Array(9).fill(1)])),
    ),
    'sequence-missing-bytes-in-frame-1': withFrame(0, writeSection(first.subarray(0, first.length - 9))),
    'sequence-frame-of-ones': withFrame(1, writeSection(new Uint8Array(60))),
    'sequence-second-factor-bit': withPicture(three, 1, flipped(three.pictures[1]!, 70)),
    'sequence-factor-of-another-width': withPicture(three, 1, pictures['one-row']!),
    'sequence-factor-of-another-height': withPicture(three, 2, withPlainByte(picture, 11, 31)),
    'sequence-factor-of-other-channels': withPicture(three, 0, blank({ channels: 1 })),
    'sequence-factor-of-other-bits': withPicture(three, 1, blank({ bitDepth: 16 })),
    'sequence-factor-longer-than-it-says': withPicture(rgb, 0, joined([picture, Uint8Array.of(1, 2)])),
    // The first picture may be a prefix.
    'sequence-factor-that-is-a-prefix': withPicture(rgb, 0, picture.subarray(0, picture.length - 60)),
    'sequence-factor-without-its-first-layer': withPicture(
      rgb,
      0,
      picture.subarray(0, readHeader(picture).stream + 9),
    ),
    'sequence-factor-is-a-sequence': withPicture(rgb, 0, file.subarray(0, 90)),
  };
}
