/** One segment of a JPEG: what follows a marker up to the next one or the coded data. */
export interface JpegSegment {
  /** The second byte of its marker: 0xe1 is APP1, 0xfe a comment. */
  marker: number;
  /** Without the two bytes of length. */
  data: Uint8Array;
  /** Where its marker begins, and where it ends. */
  from: number;
  to: number;
}

/** A JPEG's segments, and the bytes after its end. */
export interface JpegStructure {
  segments: JpegSegment[];
  /** Is there a marker of the end? */
  ended: boolean;
  /** Bytes after it; 0 where there is none. */
  trailing: number;
}

const [SOI, EOI, SOS] = [0xd8, 0xd9, 0xda];

/** Markers without length: TEM, RST0 to RST7, SOI. */
const isBare = (marker: number): boolean => marker === 1 || (marker >= 0xd0 && marker <= SOI);

/**
 * ITU-T T.81, B.1.1: the segments of the first picture. Bytes between them that belong to none are skipped, as decoders do. Stops quietly
 * at a segment that reaches beyond the end.
 */
export function splitJpeg(bytes: Uint8Array): JpegStructure {
  const segments: JpegSegment[] = [];
  let at = 2;
  while (at + 2 <= bytes.length) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff || marker === 0xff || marker === 0) {
      at++; // fill bytes, and what belongs to no segment
      continue;
    }
    if (marker === EOI) return { segments, ended: true, trailing: bytes.length - at - 2 };
    if (isBare(marker)) {
      at += 2;
      continue;
    }
    if (at + 4 > bytes.length) break;
    const to = at + 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
    if (to > bytes.length) break;
    segments.push({ marker, data: bytes.subarray(at + 4, to), from: at, to });
    at = marker === SOS ? endOfScan(bytes, to) : to;
  }
  return { segments, ended: false, trailing: 0 };
}

/** In coded data 0xff is followed by 0 or a restart marker. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && at + 1 < bytes.length) {
    const next = bytes[at + 1]!;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
    at = bytes.indexOf(0xff, at + 2);
  }
  return bytes.length;
}

/** Does the data of a segment begin with these characters? */
export const startsWith = (data: Uint8Array, text: string): boolean =>
  data.length >= text.length && [...text].every((character, i) => data[i] === character.charCodeAt(0));
