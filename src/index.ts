export * from './decode/index.js';
export { type TruncateTarget, truncate } from './decode/truncate.js';
export { encode } from './encode/encode.js';
export type { EncodeOptions } from './encode/options.js';
export type { ChannelFactors } from './spectra/channel-factors.js';
export { inspectFactors } from './spectra/inspect-factors.js';
