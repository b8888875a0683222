import type { Raster } from '../../core/raster.js';
import type { Engine } from '../engine.js';
import { isUsual } from '../metadata/resolution.js';
import { turn } from '../raster/turn.js';
import { finish } from './finish.js';
import type { Opened } from './load.js';
import type { LoadPlan } from './loaded.js';
import { srgbNote, toSrgb } from './to-srgb.js';

/** Turns loaded frames into those of a clip, which has no profile and no metadata of its own. */
export interface FrameStyle {
  /** Size of a frame, turned. */
  width: number;
  height: number;
  notes: string[];
  /** A frame upright and in sRGB; overwrites the raster passed in. */
  finish(raster: Raster): Promise<Raster>;
}

/** The style of a file's frames. */
export async function frameStyle(
  { words, format }: Opened,
  plan: LoadPlan,
  engine: Engine | undefined,
): Promise<FrameStyle> {
  const { metadata, pictureNotes, metadataNotes } = finish(
    { ...words, count: 1, animated: false, apart: false },
    plan,
    format,
  );
  const { icc } = metadata;
  const colours = icc && (await srgbNote(icc, engine));
  const resolution = words.resolution && !isUsual(words.resolution);
  const lost = [words.exif && 'EXIF', words.xmp && 'XMP', resolution && !words.exif && 'resolution'].filter(
    Boolean,
  );
  const swaps = words.orientation >= 5;
  return {
    width: swaps ? plan.height : plan.width,
    height: swaps ? plan.width : plan.height,
    notes: [
      ...(words.apart ? ['its still picture, which is not one of its frames, is not kept'] : []),
      ...pictureNotes,
      ...(colours ? [colours] : []),
      ...metadataNotes,
      ...(lost.length > 0 ? [`${lost.join(', ')}: not kept, a sequence has no metadata`] : []),
    ],
    async finish(raster) {
      const upright = turn(raster, words.orientation);
      return icc ? toSrgb(upright, icc, engine) : upright;
    },
  };
}
