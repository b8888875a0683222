export { CodecError, ERROR_CODES, type ErrorCode } from '../core/errors.js';
export type { Raster, SampleCount } from '../core/raster.js';
export type { Metadata } from '../format/metadata.js';
export { type DecodeOptions, decode, type Picture } from './decode.js';
export { type Info, type InspectOptions, inspect } from './inspect.js';
