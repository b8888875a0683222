import { crc32 } from '../bits/crc32.js';
import type { Metadata, Picture } from '../decode/index.js';

/** PNG's colour type by samples a pixel. */
const COLOUR_TYPES = [0, 0, 4, 2, 6];
const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

/**
 * A decoded picture as PNG, with the samples and the colour metadata of its file: rows less the row above (filter 2), deflated by the
 * platform. Format: W3C Recommendation "Portable Network Graphics (PNG) Specification".
 */
export async function toPng(
  { width, height, channels, bitDepth, data }: Picture,
  { icc, cicp }: Metadata = {},
): Promise<Blob> {
  const bytes = bitDepth / 8;
  const row = width * channels * bytes;
  // 16-bit samples are big-endian.
  const samples =
    bitDepth === 8 ? data : new Uint8Array(2 * data.length).map((_, i) => data[i >> 1]! >> (i & 1 ? 0 : 8));
  const rows = new Uint8Array(height * (row + 1));
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    rows[to++] = 2;
    for (const end = from + row; from < end; from++)
      rows[to++] = samples[from]! - (y ? samples[from - row]! : 0);
  }
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  head.setUint8(8, bitDepth);
  head.setUint8(9, COLOUR_TYPES[channels]!);
  const parts = [Uint8Array.from(SIGNATURE), chunk('IHDR', new Uint8Array(head.buffer))];
  if (cicp) parts.push(chunk('cICP', cicp));
  if (icc) parts.push(chunk('iCCP', Uint8Array.of(105, 99, 99, 0, 0, ...(await deflate(icc)))));
  parts.push(chunk('IDAT', await deflate(rows)), chunk('IEND', new Uint8Array(0)));
  return new Blob(parts as Uint8Array<ArrayBuffer>[], { type: 'image/png' });
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const out = new Uint8Array(body.length + 12);
  const view = new DataView(out.buffer);
  view.setUint32(0, body.length);
  for (let i = 0; i < 4; i++) out[4 + i] = type.charCodeAt(i);
  out.set(body, 8);
  view.setUint32(8 + body.length, crc32(out, 4, 8 + body.length));
  return out;
}
