/** Files, for Node; with measurements they are `lowrank/node`. */
export { CodecError } from '../core/errors.js';
export type { Raster } from '../core/raster.js';
export type { Engine } from './engine.js';
export { IO_ERROR_CODES, IoError, type IoErrorCode } from './errors.js';
export {
  type ExpandOptions,
  expandInputs,
  type Input,
  type InputFailure,
  type Wanted,
} from './files/expand-inputs.js';
export { type TargetOptions, type WriteOptions, writeAtomically } from './files/write-atomically.js';
export { type EncodedImage, IMAGE_FORMATS, type ImageFormat } from './formats/image-format.js';
export { folderReader } from './http/folder-reader.js';
export { type ListenerOptions, toListener } from './http/to-listener.js';
export type { ClipReport, ClipResult } from './jobs/clip-report.js';
export { type DecodeClipOptions, decodeClip } from './jobs/decode-clip.js';
export { type DecodeFileOptions, decodeFile } from './jobs/decode-file.js';
export { type EncodeClipOptions, encodeClip } from './jobs/encode-clip.js';
export { type EncodeFileOptions, encodeFile } from './jobs/encode-file.js';
export type { FileReport, FileResult } from './jobs/file-report.js';
export { type Placeholder, type PlaceholderOfOptions, placeholderOf } from './jobs/placeholder-of.js';
export { type Resize, resizeRaster } from './raster/resize-raster.js';
export type { Clip } from './read/clip.js';
export type { ImageInput } from './read/image-input.js';
export { type ReadClipOptions, readClip } from './read/read-clip.js';
export { type ReadOptions, readImage } from './read/read-image.js';
export { type EncodeToScoreOptions, encodeToScore } from './score/encode-to-score.js';
export { type Score, ssimulacra2Against } from './score/ssimulacra2.js';
export { type EncodeImageOptions, encodeImage } from './write/encode-image.js';
export { type WriteImageOptions, writeImage } from './write/write-image.js';
