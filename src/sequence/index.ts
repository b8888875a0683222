export { ERROR_CODES, type ErrorCode } from '../core/error-codes.js';
export { CodecError } from '../core/errors.js';
export type { Raster, SampleCount } from '../core/raster.js';
export type { Info } from '../decode/info.js';
export type { DecodeOptions, Picture } from '../decode/options.js';
export { decodeBackground, decodeSequence, decodeSequenceStream } from './decode.js';
export { inspectSequence, type SequenceInfo } from './inspect.js';
export { isSequence } from './is-sequence.js';
export type { SequenceFrame, SequenceOptions } from './sequence-frame.js';
