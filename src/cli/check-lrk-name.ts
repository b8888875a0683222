import { extname } from 'node:path';
import { formatOfName } from '../io/formats/image-format.js';
import { UsageError } from './terminal.js';

/** Pictures of other kinds by their names, those that are not written here too. */
const PICTURE =
  /^\.(png|apng|jpe?g|jpe|jfif|webp|avif|tiff?|gif|svg|bmp|heic|heif|jxl|jp2|psd|ico|qoi|ppm)$/i;

/** Throws UsageError, with what to write instead, where a file that gets the bytes of an .lrk file is named as a picture of another kind. */
export function checkLrkName(path: string): void {
  const extension = extname(path);
  if (!PICTURE.test(extension)) return;
  const named = path.slice(0, path.length - extension.length);
  const decoding = formatOfName(path)
    ? `; to make ${path} of it: lowrank decode ${named}.lrk -o ${path}`
    : '';
  throw new UsageError(
    `what is written is an .lrk file, and ${path} is named as another: say -o ${named}.lrk${decoding}`,
  );
}
