export * from './decode/index.js';
export { encode } from './encode/encode.js';
export type { EncodeOptions } from './encode/options.js';
export { type TruncateTarget, truncate } from './decode/truncate.js';
