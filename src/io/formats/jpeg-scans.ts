import type { JpegSegment } from './jpeg-segments.js';

const [SOS, FIRST_FRAME, LAST_FRAME] = [0xda, 0xc0, 0xcf];
/** Markers among those of frames that are not frames: DHT, JPG and DAC. */
const NO_FRAMES = [0xc4, 0xc8, 0xcc];
/** With Huffman codes and arithmetic ones. */
const PROGRESSIVE = [0xc2, 0xca];
const COEFFICIENTS = 64;

/**
 * Does a JPEG lack scans? That is, does no scan hold one of its components or, in a progressive JPEG, the last bit of some coefficient?
 * Decoders go on without them and do not report it. ITU-T T.81, B.2.2, B.2.3 and G.1.1.
 */
export function lacksScans(segments: readonly JpegSegment[]): boolean {
  const frame = segments.find(
    ({ marker }) => marker >= FIRST_FRAME && marker <= LAST_FRAME && !NO_FRAMES.includes(marker),
  );
  if (!frame) return false;
  const isProgressive = PROGRESSIVE.includes(frame.marker);
  /** By component, the bits of each coefficient that are still to come. */
  const lacking = new Map<number, Uint8Array>();
  for (let i = 0; i < (frame.data[5] ?? 0); i++)
    lacking.set(frame.data[6 + 3 * i] ?? -1, new Uint8Array(COEFFICIENTS).fill(255));
  for (const { marker, data } of segments) {
    if (marker !== SOS) continue;
    const count = data[0] ?? 0;
    const [first = 0, last = 0, bits = 0] = data.subarray(1 + 2 * count);
    for (let i = 0; i < count; i++)
      if (isProgressive) lacking.get(data[1 + 2 * i]!)?.fill(bits & 15, first, last + 1);
      else lacking.delete(data[1 + 2 * i]!);
  }
  return [...lacking.values()].some(coefficients => coefficients.some(bits => bits > 0));
}
