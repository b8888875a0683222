import type { Plugin } from 'esbuild';
import type { PluginOptions } from './options.js';
import { plugin } from './plugin.js';

export type { ImportedPicture } from './imported-picture.js';
export type { PictureOptions, PluginOptions } from './options.js';

/** The plugin for esbuild: `plugins: [lowrank({ psnr: 38 })]`. */
const lowrank: (options?: PluginOptions) => Plugin = plugin.esbuild;
export default lowrank;
