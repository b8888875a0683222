import { plugin } from './plugin.js';

export type { PluginOptions } from './plugin.js';
export type { ImportedPicture, PictureOptions } from './request.js';

/** The plugin for Vite: `plugins: [lowrank({ psnr: 38 })]`. */
export default plugin.vite;
