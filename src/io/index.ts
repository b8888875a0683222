/** Files, for Node; with measurements they are `lowrank/node`. */
export { CodecError } from '../core/errors.js';
export type { Raster } from '../core/raster.js';
export type { Clip } from './clip.js';
export type { ClipReport } from './clip-report.js';
export { type DecodeClipOptions, decodeClip } from './decode-clip.js';
export { type DecodeFileOptions, decodeFile } from './decode-file.js';
export { type EncodeClipOptions, encodeClip } from './encode-clip.js';
export { type EncodeFileOptions, encodeFile } from './encode-file.js';
export { type EncodeImageOptions, encodeImage } from './encode-image.js';
export type { Engine } from './engine.js';
export { IO_ERROR_CODES, IoError, type IoErrorCode } from './errors.js';
export {
  type ExpandOptions,
  expandInputs,
  type Input,
  type InputFailure,
  type Wanted,
} from './expand-inputs.js';
export type { FileReport, FileResult } from './file-report.js';
export { type EncodedImage, IMAGE_FORMATS, type ImageFormat } from './image-format.js';
export type { ImageInput } from './image-input.js';
export { type Placeholder, type PlaceholderOfOptions, placeholderOf } from './placeholder-of.js';
export { type ReadClipOptions, readClip } from './read-clip.js';
export { type ReadOptions, readImage } from './read-image.js';
export { type Resize, resizeRaster } from './resize-raster.js';
export { type TargetOptions, type WriteOptions, writeAtomically } from './write-atomically.js';
export { type WriteImageOptions, writeImage } from './write-image.js';
