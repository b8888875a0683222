import type { EncodeFileOptions } from '../io/index.js';

/** How a picture is encoded that a module imports: options of `encode`, without what a build cannot say. */
export interface PictureOptions
  extends Pick<
    EncodeFileOptions,
    'quality' | 'psnr' | 'size' | 'bpp' | 'rank' | 'layout' | 'basis' | 'tune' | 'order' | 'effort' | 'strip'
  > {
  /** Bytes of the placeholder at most, 20 to 300; false for none. Default 100. */
  placeholder?: number | false;
  /** Make AVIF and JPEG files too (WebP in place of JPEG for pictures with alpha), for pages without scripts. Default false. */
  fallback?: boolean;
}

/** Options of the plugin: those of every picture, which its query may change, and where the encoded ones are kept. */
export interface PluginOptions extends PictureOptions {
  /** Folder of the cache. Default 'node_modules/.cache/lowrank' of the project. */
  cacheDir?: string;
}
