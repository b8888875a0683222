import type { Plugin } from 'rollup';
import type { PluginOptions } from './options.js';
import { plugin } from './plugin.js';

export type { ImportedPicture } from './imported-picture.js';
export type { PictureOptions, PluginOptions } from './options.js';

/** The plugin for Rollup: `plugins: [lowrank({ psnr: 38 })]`. */
const lowrank: (options?: PluginOptions) => Plugin | Plugin[] = plugin.rollup;
export default lowrank;
