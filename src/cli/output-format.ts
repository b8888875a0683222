import { extname } from 'node:path';
import { formatOfName, type ImageFormat, namesNoFormat } from '../io/formats/image-format.js';
import { UsageError } from './terminal.js';

/** The format given by --format, or by the extension of -o, or PNG. Throws UsageError if the two disagree. */
export function formatOf({ format, output = '' }: { format?: ImageFormat; output?: string }): ImageFormat {
  const named = formatOfName(output);
  if (format && named && format !== named)
    throw new UsageError(`--format ${format} and the extension of ${output} disagree`);
  return format ?? named ?? 'png';
}

/** Throws UsageError if a file's extension is of no format that can be written, and there is no --format. */
export function checkExtension(path: string, format: ImageFormat | undefined): void {
  if (!format && namesNoFormat(path))
    throw new UsageError(
      `${extname(path)} is not the extension of a format that can be written: name one with --format`,
    );
}
