import { deflateSync } from 'node:zlib';
import { joinChunks, makeChunk } from '../../../src/io/formats/png-chunks.js';
import type { Place, Random } from './random.js';
import { placeOn } from './random.js';

/** Colour type, bits of a sample, and number of samples a stored pixel has. */
const KINDS = [
  { type: 6, bits: 8, samples: 4 },
  { type: 6, bits: 16, samples: 4 },
  { type: 4, bits: 8, samples: 2 },
  { type: 2, bits: 8, samples: 3 },
  { type: 0, bits: 8, samples: 1 },
  { type: 3, bits: 8, samples: 1 },
] as const;
type Kind = (typeof KINDS)[number];

/** One frame of an animated PNG. */
interface ApngPart extends Place {
  pixels: Uint8Array;
  /** Delay in seconds, numerator and denominator. */
  delay: readonly [number, number];
  disposal: number;
  blend: number;
}

const numbers = (...values: number[]): Buffer => {
  const out = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => {
    out.writeUInt32BE(value, 4 * i);
  });
  return out;
};

/** Scanlines without filters, deflated. */
function pixelsOf({ width, height }: Place, { type, bits, samples }: Kind, random: Random): Uint8Array {
  const bytes = bits / 8;
  const row = width * samples * bytes;
  const lines = Buffer.alloc(height * (1 + row));
  const alphaFirst = type === 6 ? 3 : type === 4 ? 1 : -1;
  for (let y = 0; y < height; y++)
    for (let i = 0; i < width * samples; i++) {
      const isAlpha = i % samples === alphaFirst;
      const value = isAlpha
        ? random.pick([0, 0, 255, 255, 128, random.whole(0, 255)])
        : type === 3
          ? random.whole(0, 7)
          : random.chance(0.3)
            ? 40
            : random.whole(0, 255);
      for (let b = 0; b < bytes; b++) lines[y * (1 + row) + 1 + i * bytes + b] = value;
    }
  return deflateSync(lines);
}

/**
 * An animated PNG with every difficulty: all disposals and blendings, offsets, translucency, every kind of pixels, a first picture that is
 * not a frame.
 */
export function difficultApng(random: Random): Buffer {
  const [width, height] = [random.whole(3, 24), random.whole(3, 20)];
  const whole = { left: 0, top: 0, width, height };
  const kind = random.pick(KINDS);
  const hidden = random.chance(0.3);
  const frames = Array.from({ length: random.whole(2, 7) }, (_, i): ApngPart => {
    const place = i === 0 ? whole : placeOn({ width, height }, random);
    return {
      ...place,
      pixels: pixelsOf(place, kind, random),
      delay: random.pick([
        [0, 100],
        [1, 100],
        [5, 0],
        [123, 1000],
        [1, 20],
      ]),
      disposal: random.whole(0, 2),
      blend: random.whole(0, 1),
    };
  });
  let sequence = 0;
  const header = Buffer.concat([numbers(width, height), Buffer.from([kind.bits, kind.type, 0, 0, 0])]);
  const chunks = [
    makeChunk('IHDR', header),
    makeChunk('acTL', numbers(frames.length, random.pick([0, 1, 3]))),
    ...keyChunks(kind, random),
  ];
  if (hidden) chunks.push(makeChunk('IDAT', pixelsOf(whole, kind, random)));
  for (const [i, { left, top, width: w, height: h, pixels, delay, disposal, blend }] of frames.entries()) {
    const rest = Buffer.alloc(6);
    rest.writeUInt16BE(delay[0], 0);
    rest.writeUInt16BE(delay[1], 2);
    rest.set([disposal, blend], 4);
    chunks.push(makeChunk('fcTL', Buffer.concat([numbers(sequence++, w, h, left, top), rest])));
    chunks.push(
      i === 0 && !hidden
        ? makeChunk('IDAT', pixels)
        : makeChunk('fdAT', Buffer.concat([numbers(sequence++), pixels])),
    );
  }
  return Buffer.from(joinChunks([...chunks, makeChunk('IEND', new Uint8Array())]));
}

/** A palette with its transparency, or one transparent colour, for the kinds that have them. */
function keyChunks({ type }: Kind, random: Random) {
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => random.whole(0, 255));
  if (type === 3)
    return [
      makeChunk('PLTE', bytes(24)),
      makeChunk('tRNS', Uint8Array.of(0, 255, 128, random.whole(0, 255))),
    ];
  if (type === 2 && random.chance(0.5)) return [makeChunk('tRNS', Uint8Array.of(0, 40, 0, 40, 0, 40))];
  if (type === 0 && random.chance(0.7)) return [makeChunk('tRNS', Uint8Array.of(0, 40))];
  return [];
}
