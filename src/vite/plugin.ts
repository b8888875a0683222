import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createUnplugin, type UnpluginInstance, type UnpluginOptions } from 'unplugin';
import { type BuiltPicture, builtPicture } from './picture-cache.js';
import { PICTURE_ID, type PictureOptions, readRequest } from './request.js';

/** Options of the plugin: those of every picture, which its query may change, and where the encoded ones are kept. */
export interface PluginOptions extends PictureOptions {
  /** Folder of the cache. Default 'node_modules/.cache/lowrank' of the project. */
  cacheDir?: string;
}

type Factory = UnpluginInstance<PluginOptions | undefined>;

/** Files that a query can be asked of; esbuild looks at no others. */
const PICTURES = /\.(png|jpe?g|jpe|jfif|webp|avif|tiff?|gif|svg|lrk)$/i;

/** Code of the address of a file, in each bundler's own way. */
type Address = (picture: BuiltPicture, emit: (name: string, source: Uint8Array) => string) => Promise<string>;

/** Imports the file from the cache, and leaves it to the bundler to copy, name and address it. */
const imported =
  (query = ''): Address =>
  async ({ file }) =>
    `import src from ${JSON.stringify(file.replaceAll('\\', '/') + query)};\n`;

const ADDRESSES: Record<string, Address> = {
  vite: imported('?url&no-inline'),
  webpack: imported(),
  esbuild: imported(),
  /** Rollup has no files of its own kind to import. */
  rollup: async ({ file }, emit) =>
    `const src = import.meta.ROLLUP_FILE_URL_${emit(basename(file), await readFile(file))};\n`,
};

/**
 * Encodes the pictures that modules import with `?lowrank`: `import hero from './hero.png?lowrank&psnr=38'` gives
 * `{ src, width, height, placeholder }`. For Vite, webpack, Rollup and esbuild through unplugin.
 */
export const plugin: Factory = createUnplugin<PluginOptions | undefined>((settings = {}, { framework }) => {
  const { cacheDir, ...defaults } = settings;
  let root = process.cwd();
  const address = ADDRESSES[framework] ?? imported();
  /** The module of an id, or undefined where it is none of ours. */
  async function moduleOf(id: string, context: Context): Promise<string | undefined> {
    const request = readRequest(id, defaults);
    if (!request) return undefined;
    context.addWatchFile(request.file);
    const folder = cacheDir ? resolve(root, cacheDir) : join(root, 'node_modules/.cache/lowrank');
    const { file, ...picture } = await builtPicture(request, folder);
    const emit = (name: string, source: Uint8Array): string =>
      (context.emitFile as (file: object) => unknown)({ type: 'asset', name, source }) as string;
    const fields = JSON.stringify(picture).slice(1);
    return `${await address({ file, ...picture }, emit)}export default { src, ${fields};\n`;
  }
  const shared: UnpluginOptions = {
    name: 'lowrank',
    enforce: 'pre',
    vite: {
      config: () => ({ assetsInclude: ['**/*.lrk'] }),
      configResolved(config) {
        root = config.root;
      },
    },
    rollup: { resolveId: { filter: { id: PICTURE_ID }, handler: besideImporter } },
    esbuild: {
      onLoadFilter: PICTURES,
      config(options) {
        options.loader = { '.lrk': 'file', ...options.loader };
        root = options.absWorkingDir ?? root;
      },
    },
    webpack(compiler) {
      root = compiler.context;
      compiler.options.module.rules.push(
        { resourceQuery: PICTURE_ID, type: 'javascript/auto' },
        { test: /\.lrk$/, resourceQuery: { not: PICTURE_ID }, type: 'asset/resource' },
      );
    },
  };
  const filter = { id: PICTURE_ID };
  if (framework !== 'webpack')
    return {
      ...shared,
      load: {
        filter,
        handler(id) {
          return moduleOf(id, this);
        },
      },
    };
  // webpack tells the query of a module to those that transform it, not to those that load it.
  return {
    ...shared,
    transform: {
      filter,
      handler(_code, id) {
        return moduleOf(id, this);
      },
    },
  };
});

/** What a hook of a bundler offers. */
interface Context {
  addWatchFile(file: string): void;
  emitFile(file: never): unknown;
}

/** Rollup finds no file whose name has a query: the path beside its importer. Others it leaves to other plugins. */
function besideImporter(id: string, importer: string | undefined): string | undefined {
  return importer && id.startsWith('.') ? resolve(dirname(importer.replace(/\?.*$/, '')), id) : undefined;
}
