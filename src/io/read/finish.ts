import type { Metadata } from '../../decode/index.js';
import type { SniffedFormat } from '../formats/sniff.js';
import { profileOf } from '../metadata/colour.js';
import { hasThumbnail, uprightExif } from '../metadata/exif.js';
import { profileFault } from '../metadata/icc.js';
import { exifResolution, isUsual, resolutionExif } from '../metadata/resolution.js';
import { uprightXmp } from '../metadata/xmp.js';
import type { FileWords } from '../words/file-words.js';
import type { LoadPlan } from './loaded.js';

/** The metadata that is kept, and notes. */
export interface Finished {
  metadata: Metadata;
  /** What of the picture is not kept or was changed, one sentence each. */
  pictureNotes: string[];
  /** What of the metadata is not kept. */
  metadataNotes: string[];
  /** What became of a colour space given otherwise than by a profile. */
  profileNote?: string;
}

/** Decides about the metadata of a file whose pixels are, or will be, read as `plan` says and turned upright. */
export function finish(stored: FileWords, plan: LoadPlan, format: SniffedFormat): Finished {
  const words = upright(stored);
  const pictureNotes = [...othersNote(words), ...words.pictureNotes, ...plan.notes];
  if (format === 'svg') pictureNotes.unshift(`drawn at its own size, ${plan.width} x ${plan.height} pixels`);
  if (words.aspect !== undefined)
    pictureNotes.push(
      `its pixels are not square (${ratio(words.aspect)} wide to high): kept as if they were`,
    );
  const finished: Finished = { metadata: {}, pictureNotes, metadataNotes: [...words.metadataNotes] };
  settleProfile(finished, words, plan);
  settleExif(finished, words);
  if (words.xmp) finished.metadata.xmp = isTurned(words) ? uprightXmp(words.xmp) : words.xmp;
  return finished;
}

/** The words of a file whose pixels have been turned. */
function upright(words: FileWords): FileWords {
  if (words.orientation < 5) return words;
  const { resolution, aspect } = words;
  return {
    ...words,
    ...(resolution && { resolution: { x: resolution.y, y: resolution.x } }),
    ...(aspect && { aspect: 1 / aspect }),
  };
}

const isTurned = ({ orientation, turnedByLoader }: FileWords): boolean =>
  orientation !== 1 || turnedByLoader === true;

function othersNote({ count, unit, animated, apart }: FileWords): string[] {
  if (apart)
    return [
      `its still picture; the ${count === 1 ? 'frame of its animation is' : `${count} frames of its animation are`} not kept`,
    ];
  if (count < 2 && !animated) return [];
  return [`the first of ${count} ${unit}; the others are not kept`];
}

const ratio = (aspect: number): string => {
  const text = (value: number): string => String(Number(value.toFixed(3)));
  return aspect >= 1 ? `${text(aspect)} : 1` : `1 : ${text(1 / aspect)}`;
};

function settleProfile(finished: Finished, { icc, colour }: FileWords, plan: LoadPlan): void {
  const { metadata, pictureNotes } = finished;
  if (plan.converts) return;
  const grey = plan.channels < 3;
  const fault = icc && profileFault(icc, grey ? 'GRAY' : 'RGB ');
  if (fault) pictureNotes.push(`its ICC profile ${fault}: not kept`);
  if (icc && !fault) metadata.icc = icc;
  else if (colour) {
    const outcome = profileOf(colour, grey);
    if (outcome.icc) metadata.icc = outcome.icc;
    if (outcome.note && outcome.icc) finished.profileNote = outcome.note;
    else if (outcome.note) pictureNotes.push(outcome.note);
  }
}

function settleExif({ metadata, metadataNotes }: Finished, words: FileWords): void {
  const { exif, resolution, orientation } = words;
  if (exif) {
    if (orientation !== 1 && hasThumbnail(exif))
      metadataNotes.push('the EXIF thumbnail is kept but not turned');
    metadata.exif = isTurned(words) ? uprightExif(exif, orientation >= 5) : exif;
  }
  if (!resolution || isUsual(resolution)) return;
  if (!exif) {
    metadata.exif = resolutionExif(resolution);
    return;
  }
  const stated = exifResolution(exif);
  if (!stated || Math.abs(stated.x - resolution.x) > 0.5 || Math.abs(stated.y - resolution.y) > 0.5)
    metadataNotes.push(
      `its resolution of ${Number(resolution.x.toFixed(2))} x ${Number(resolution.y.toFixed(2))} pixels an inch, which its EXIF does not have, is not kept`,
    );
}
