import { beforePixels, joinChunks, makeChunk, type PngChunk } from './png-chunks.js';

/** One frame of an animated PNG: a PNG of its own, with its place and how it is composed. PNG specification, third edition, 11.3.6. */
export interface ApngFrame {
  width: number;
  height: number;
  left: number;
  top: number;
  /** Milliseconds. */
  delay: number;
  /** After it: 0 it stays, 1 it is cleared, 2 the canvas before it comes back. */
  disposal: number;
  /** 0 replaces the canvas, 1 is blended over it. */
  blend: number;
  /** Undefined if it has no pixels. */
  png?: Uint8Array;
}

/** The content of acTL; undefined where a PNG is not animated. */
export function apngControl(chunks: readonly PngChunk[]): { frames: number; plays: number } | undefined {
  const control = chunks.find(({ type }) => type === 'acTL' || type === 'IDAT');
  if (control?.type !== 'acTL' || control.data.length !== 8) return undefined;
  const view = new DataView(control.data.buffer, control.data.byteOffset);
  return { frames: view.getUint32(0), plays: view.getUint32(4) };
}

/** The frames of an animated PNG in order. IDAT is one of them only if an fcTL comes before it. */
export function apngFrames(chunks: readonly PngChunk[]): ApngFrame[] {
  const shared = beforePixels(chunks).filter(({ type }) => ['PLTE', 'tRNS', 'sBIT'].includes(type));
  const header = chunks[0]!;
  const frames: { control: Uint8Array; data: Uint8Array[] }[] = [];
  for (const { type, data } of chunks) {
    if (type === 'fcTL' && data.length === 26) frames.push({ control: data, data: [] });
    else if (type === 'IDAT') frames.at(-1)?.data.push(data);
    else if (type === 'fdAT') frames.at(-1)?.data.push(data.subarray(4));
  }
  return frames.map(({ control, data }) => {
    const view = new DataView(control.buffer, control.byteOffset, control.byteLength);
    const [width, height, left, top] = [4, 8, 12, 16].map(at => view.getUint32(at)) as [
      number,
      number,
      number,
      number,
    ];
    const [numerator, denominator] = [view.getUint16(20), view.getUint16(22)];
    const frameHeader = Buffer.from(header.data);
    frameHeader.writeUInt32BE(width, 0);
    frameHeader.writeUInt32BE(height, 4);
    return {
      width,
      height,
      left,
      top,
      delay: (1000 * numerator) / (denominator || 100),
      disposal: view.getUint8(24),
      blend: view.getUint8(25),
      ...(data.length > 0 && {
        png: joinChunks([
          makeChunk('IHDR', frameHeader),
          ...shared,
          makeChunk('IDAT', Buffer.concat(data)),
          makeChunk('IEND', new Uint8Array()),
        ]),
      }),
    };
  });
}
