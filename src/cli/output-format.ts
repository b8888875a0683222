import { extname } from 'node:path';
import { formatOfName, type ImageFormat, namesNoFormat } from '../io/formats/image-format.js';
import { UsageError } from './terminal.js';

/** The format asked for by --format, by the extension of -o, or PNG. Throws UsageError where the two disagree. */
export function formatOf({ format, output = '' }: { format?: ImageFormat; output?: string }): ImageFormat {
  const named = formatOfName(output);
  if (format && named && format !== named)
    throw new UsageError(`--format ${format} and the extension of ${output} disagree`);
  return format ?? named ?? 'png';
}

/** Throws UsageError where a file's extension names no format written, and --format does not either. */
export function checkExtension(path: string, format: ImageFormat | undefined): void {
  if (!format && namesNoFormat(path))
    throw new UsageError(`${extname(path)} is not an extension of a format written: name one with --format`);
}
