import type { EncodeFileOptions } from '../io/index.js';

/** How an imported picture is encoded: options of `encode`, without those that make no sense in a build. */
export interface PictureOptions
  extends Pick<
    EncodeFileOptions,
    'quality' | 'psnr' | 'size' | 'bpp' | 'rank' | 'layout' | 'basis' | 'tune' | 'order' | 'effort' | 'strip'
  > {
  /** Most bytes of the placeholder, 20 to 300; false for none. Default 100. */
  placeholder?: number | false;
  /** Also make AVIF and JPEG files (WebP instead of JPEG for pictures with alpha), for pages without scripts. Default false. */
  fallback?: boolean;
}

/** Options of the plugin: those of every picture, which its query may override, and where encoded pictures are kept. */
export interface PluginOptions extends PictureOptions {
  /** Folder of the cache. Default 'node_modules/.cache/lowrank' of the project. */
  cacheDir?: string;
}
