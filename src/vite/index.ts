import type { Plugin } from 'vite';
import type { PluginOptions } from './options.js';
import { plugin } from './plugin.js';

export type { ImportedPicture } from './imported-picture.js';
export type { PictureOptions, PluginOptions } from './options.js';

/** The plugin for Vite: `plugins: [lowrank({ psnr: 38 })]`. */
const lowrank: (options?: PluginOptions) => Plugin | Plugin[] = plugin.vite;
export default lowrank;
