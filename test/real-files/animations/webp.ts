import sharp from 'sharp';
import { joinRiff, type RiffChunk, splitRiff } from '../../../src/io/formats/riff-chunks.js';
import type { Random } from './random.js';
import { placeOn } from './random.js';

const three = (value: number): number[] => [value & 255, (value >> 8) & 255, value >> 16];

/** A lossless animated WebP: disposal, blending, offsets (always even), translucency, a background colour that no browser paints. */
export async function difficultWebp(random: Random): Promise<Buffer> {
  const [width, height] = [random.whole(3, 24), random.whole(3, 20)];
  const loops = random.pick([0, 1, 3]);
  const alpha = random.chance(0.8);
  const background = [random.whole(0, 255), 90, 10, random.pick([0, 255])];
  const chunks: RiffChunk[] = [
    {
      type: 'VP8X',
      data: Uint8Array.from([alpha ? 0x12 : 2, 0, 0, 0, ...three(width - 1), ...three(height - 1)]),
    },
    { type: 'ANIM', data: Uint8Array.from([...background, loops, 0]) },
  ];
  for (let count = random.whole(2, 7); count > 0; count--) {
    const { left, top, width: w, height: h } = placeOn({ width, height }, random, 2);
    const channels = alpha ? 4 : 3;
    const samples = Buffer.from(
      Array.from({ length: w * h * channels }, (_, i) =>
        i % channels === 3 ? random.pick([0, 255, 255, 128, random.whole(0, 255)]) : random.whole(0, 255),
      ),
    );
    const still = await sharp(samples, { raw: { width: w, height: h, channels } })
      .webp({ lossless: true, exact: true })
      .toBuffer();
    const coded = splitRiff(still).find(({ type }) => type === 'VP8L')!;
    const flags = (random.chance(0.5) ? 2 : 0) | (random.chance(0.4) ? 1 : 0);
    const head = [left / 2, top / 2, w - 1, h - 1, random.pick([0, 10, 11, 50, 123])].flatMap(three);
    const inner = joinRiff([coded]).subarray(12);
    chunks.push({ type: 'ANMF', data: Buffer.concat([Buffer.from([...head, flags]), inner]) });
  }
  return Buffer.from(joinRiff(chunks));
}
