import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createUnplugin, type UnpluginInstance, type UnpluginOptions } from 'unplugin';
import type { PluginOptions } from './options.js';
import { builtPicture } from './picture-cache.js';
import { PICTURE_ID, type PictureRequest, readRequest } from './request.js';

type Factory = UnpluginInstance<PluginOptions | undefined>;

/** Files that may have such a query; esbuild looks at no others. */
const PICTURES = /\.(png|jpe?g|jpe|jfif|webp|avif|tiff?|gif|svg|lrk)$/i;

/** Extensions of the files that are made. */
const BUILT = ['.lrk', '.avif', '.jpg', '.webp'];

/** Makes code that assigns the address of a file to a variable, in the bundler's own way. */
type Address = (
  variable: string,
  file: string,
  emit: (name: string, source: Uint8Array) => string,
) => Promise<string>;

/** Imports the file from the cache, so that the bundler copies, names and addresses it. */
const imported =
  (query = ''): Address =>
  async (variable, file) =>
    `import ${variable} from ${JSON.stringify(file.replaceAll('\\', '/') + query)};\n`;

const ADDRESSES: Record<string, Address> = {
  vite: imported('?url&no-inline'),
  webpack: imported(),
  esbuild: imported(),
  /** Rollup cannot import such files by itself. */
  rollup: async (variable, file, emit) =>
    `const ${variable} = import.meta.ROLLUP_FILE_URL_${emit(basename(file), await readFile(file))};\n`,
};

/**
 * Encodes the pictures that modules import with `?lowrank`: `import hero from './hero.png?lowrank&psnr=38'` gives
 * `{ src, width, height, placeholder }`, and `fallback` where that is asked for. For Vite, webpack, Rollup and esbuild through unplugin.
 */
export const plugin: Factory = createUnplugin<PluginOptions | undefined>((settings = {}, { framework }) => {
  const { cacheDir, ...defaults } = settings;
  let root = process.cwd();
  const address = ADDRESSES[framework] ?? imported();
  const cacheFolder = (): string =>
    cacheDir ? resolve(root, cacheDir) : join(root, 'node_modules/.cache/lowrank');
  /** The module for an id; undefined if it is not one of ours. */
  const moduleFor = async (id: string, context: Context): Promise<string | undefined> => {
    const request = readRequest(id, defaults);
    return request && moduleOf(request, cacheFolder(), address, context);
  };
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
        options.loader = {
          ...Object.fromEntries(BUILT.map(ending => [ending, 'file' as const])),
          ...options.loader,
        };
        root = options.absWorkingDir ?? root;
      },
    },
    webpack(compiler) {
      root = compiler.context;
      compiler.options.module.rules.push(
        { resourceQuery: PICTURE_ID, type: 'javascript/auto' },
        { test: /\.lrk$/, resourceQuery: { not: PICTURE_ID }, type: 'asset/resource' },
        { test: /\.(avif|jpg|webp)$/, include: cacheFolder(), type: 'asset/resource' },
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
          return moduleFor(id, this);
        },
      },
    };
  // webpack shows a module's query to transforms, but not to loaders.
  return {
    ...shared,
    transform: {
      filter,
      handler(_code, id) {
        return moduleFor(id, this);
      },
    },
  };
});

/** Makes the module of an imported picture. */
async function moduleOf(
  request: PictureRequest,
  cacheFolder: string,
  address: Address,
  context: Context,
): Promise<string> {
  context.addWatchFile(request.file);
  const { file, fallback, ...picture } = await builtPicture(request, cacheFolder);
  const emit = (name: string, source: Uint8Array): string =>
    (context.emitFile as (file: object) => unknown)({ type: 'asset', name, source }) as string;
  const files = { src: file, ...fallback };
  const addresses = await Promise.all(
    Object.entries(files).map(([variable, path]) => address(variable, path, emit)),
  );
  const fields = `src, ${fallback ? 'fallback: { avif, image }, ' : ''}${JSON.stringify(picture).slice(1)}`;
  return `${addresses.join('')}export default { ${fields};\n`;
}

/** What a bundler's hook offers. */
interface Context {
  addWatchFile(file: string): void;
  emitFile(file: never): unknown;
}

/** Rollup finds no file with a query in its name: gives the path beside its importer. Others are left to other plugins. */
function besideImporter(id: string, importer: string | undefined): string | undefined {
  return importer && id.startsWith('.') ? resolve(dirname(importer.replace(/\?.*$/, '')), id) : undefined;
}
