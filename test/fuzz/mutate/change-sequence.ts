import { readSequenceHeader } from '../../../src/sequence/read-header.js';
import { readSection } from '../../../src/sequence/read-section.js';
import { writeSection } from '../../../src/sequence/write-section.js';
import { assembled, type Parts } from '../../golden/make/invent-sequence.js';
import type { Random } from '../random.js';
import { changeBytes } from './change-bytes.js';
import { changePicture } from './change-picture.js';

/** A sequence taken apart, its sections as their streams; undefined if that is impossible. */
function partsOf(bytes: Uint8Array): (Omit<Parts, 'sections'> & { streams: Uint8Array[] }) | undefined {
  try {
    const { header, start } = readSequenceHeader(bytes);
    let at = start;
    const pictures = header.sizes.map(size => bytes.subarray(at, (at += size)));
    const streams: Uint8Array[] = [];
    while (streams.length < header.frames) {
      const section = readSection(bytes, at, streams.length);
      if (!section) return undefined;
      streams.push(section.stream);
      at = section.end;
    }
    return { header, pictures, streams };
  } catch {
    return undefined;
  }
}

/** Changes a sequence so that its checks do not notice. What cannot be taken apart is changed as bytes. */
export function changeSequence(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const parts = partsOf(bytes);
  if (!parts) return changeBytes(bytes, random);
  const { pictures, streams } = parts;
  let { header } = parts;
  const factor = random.below(pictures.length);
  const frame = random.below(streams.length);
  switch (random.below(9)) {
    case 0:
      pictures[factor] = changePicture(pictures[factor]!, other, random);
      break;
    case 1:
      pictures[factor] = random.chance(0.5) ? other : changeBytes(pictures[factor]!, random);
      break;
    case 2:
      pictures.push(other);
      header = { ...header, gains: [...header.gains, []] };
      break;
    case 3:
      header = { ...header, frames: random.chance(0.05) ? 1_048_576 : random.pick([1, header.frames + 1]) };
      break;
    case 4:
      header = {
        ...header,
        step: random.pick([0, 4095, random.below(4096)]),
        durations: random.pick([
          [0],
          [360_000_000],
          Array.from({ length: header.frames }, () => random.below(1e6)),
        ]),
        gains: header.gains.map(of => (of.length || random.chance(0.5) ? fill(header.frames, random) : of)),
      };
      break;
    case 5:
      header = {
        ...header,
        width: random.pick([header.width, header.width + 1, 65_535, 1]),
        channels: random.pick([1, 2, 3, 4]),
        bitDepth: random.pick([8, 16]),
      };
      break;
    default:
      streams[frame] = changeBytes(streams[random.below(streams.length)]!, random);
  }
  const gains = header.gains.map(of => (of.length ? fill(header.frames, random, of) : of));
  const durations = header.durations.length > 1 ? header.durations.slice(0, header.frames) : header.durations;
  const many = header.frames > 1000;
  header = { ...header, gains: many ? gains.map(() => []) : gains, durations: many ? [4000] : durations };
  return assembled({ header, pictures: pictures.slice(0, 8), sections: streams.map(writeSection) });
}

/** A gain for each frame: existing ones, then others. */
const fill = (frames: number, random: Random, from: readonly number[] = []): number[] =>
  Array.from(
    { length: Math.min(frames, 1000) },
    (_, n) => from[n] ?? random.pick([0, -8192, 8191, random.below(8192)]),
  );
