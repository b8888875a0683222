export type { ErrorCode } from '../core/error-codes.js';
export { CodecError } from '../core/errors.js';
export type { Raster, SampleCount } from '../core/raster.js';
export type { Metadata } from '../format/metadata.js';
export { createDecoder, type Decoder } from './create-decoder.js';
export { decode } from './decode.js';
export type { Info } from './info.js';
export { type InspectOptions, inspect } from './inspect.js';
export type { DecodeOptions, Picture, Picture8 } from './options.js';
