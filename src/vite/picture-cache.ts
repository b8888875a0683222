import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { inspect } from '../decode/index.js';
import { VERSION } from '../format/signature.js';
import { readBytes } from '../io/files/read-bytes.js';
import { isLrk } from '../io/formats/sniff.js';
import { encodeFile, placeholderOf, writeAtomically } from '../io/index.js';
import { fallbackFiles } from './fallback-files.js';
import type { PictureRequest } from './request.js';

/** A picture of a build, encoded. */
export interface BuiltPicture {
  /** Path of the .lrk file in the cache. */
  file: string;
  /** Size of the picture in pixels, turned by its EXIF orientation. */
  width: number;
  height: number;
  /** data: URL. */
  placeholder?: string;
  /** Paths of the fallback's files in the cache. */
  fallback?: { avif: string; image: string };
}

/** Pictures being encoded in this process: if two modules import one picture, both wait for one encoder. */
const underWay = new Map<string, Promise<BuiltPicture>>();

/**
 * The .lrk file and the placeholder of a picture: from `folder` where its bytes have been encoded with the same options before, else encoded and kept
 * there, in a folder named by the SHA-256 of both. An .lrk file without options is taken as it is.
 *
 * @throws IoError and CodecError as `encodeFile` and `placeholderOf` do
 */
export async function builtPicture({ file, options }: PictureRequest, folder: string): Promise<BuiltPicture> {
  const bytes = await readBytes(file);
  const key = createHash('sha256')
    .update(JSON.stringify([VERSION, Object.entries(options).sort()]))
    .update(bytes)
    .digest('hex')
    .slice(0, 32);
  const place = join(folder, key);
  const found = underWay.get(place) ?? cached(bytes, { file, options }, place);
  underWay.set(place, found);
  try {
    return await found;
  } finally {
    underWay.delete(place);
  }
}

async function cached(
  bytes: Uint8Array,
  { file, options }: PictureRequest,
  place: string,
): Promise<BuiltPicture> {
  // A name that needs no escapes in any address or query.
  const name = basename(file, extname(file)).replace(/[^\w.-]+/g, '-');
  const lrk = join(place, `${name}.lrk`);
  const json = join(place, 'picture.json');
  // Written last: if it exists, the picture is complete.
  const known = await readFile(json, 'utf8')
    .then(text => inFolder(JSON.parse(text), place))
    .catch(() => undefined);
  // Equal pictures of different names share a folder.
  if (known?.file === lrk && (await areThere(known))) return known;
  const { placeholder: size, fallback, ...codec } = options;
  const asItIs = isLrk(bytes) && Object.keys(codec).length === 0;
  const { data } = asItIs ? { data: bytes } : await encodeFile(bytes, undefined, { ...codec, name: file });
  const { width, height } = inspect(data);
  const record: BuiltPicture = { file: basename(lrk), width, height };
  if (size !== false) record.placeholder = (await placeholderOf(bytes, { name: file, size })).placeholder;
  await writeAtomically(lrk, data, { force: true, makeFolders: true });
  if (fallback) {
    const { avif, image, extension } = await fallbackFiles(bytes, file);
    record.fallback = { avif: `${name}.avif`, image: name + extension };
    await writeAtomically(join(place, record.fallback.avif), avif, { force: true });
    await writeAtomically(join(place, record.fallback.image), image, { force: true });
  }
  await writeAtomically(json, Buffer.from(JSON.stringify(record)), { force: true });
  return inFolder(record, place);
}

/** Do all files of a picture exist, none of them empty? A crash or a clean-up may have left only some. */
async function areThere({ file, fallback }: BuiltPicture): Promise<boolean> {
  const sizes = [file, ...Object.values(fallback ?? {})].map(path => stat(path).then(({ size }) => size));
  return Promise.all(sizes).then(
    all => all.every(Boolean),
    () => false,
  );
}

/** A record, which holds file names, with paths instead. */
const inFolder = ({ file, fallback, ...record }: BuiltPicture, place: string): BuiltPicture => ({
  ...record,
  file: join(place, file),
  ...(fallback && {
    fallback: { avif: join(place, fallback.avif), image: join(place, fallback.image) },
  }),
});
