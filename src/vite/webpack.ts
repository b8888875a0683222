import type { WebpackPluginInstance } from 'webpack';
import type { PluginOptions } from './options.js';
import { plugin } from './plugin.js';

export type { ImportedPicture } from './imported-picture.js';
export type { PictureOptions, PluginOptions } from './options.js';

/** The plugin for webpack: `plugins: [lowrank({ psnr: 38 })]`. */
const lowrank: (options?: PluginOptions) => WebpackPluginInstance = plugin.webpack;
export default lowrank;
