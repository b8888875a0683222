import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import lowrank from '../../dist/vite/index.js';
import { peerBytes } from './peer-bytes.js';

// The gallery of ways to put a picture into a page: npm run gallery

const root = join(import.meta.dirname, '../..');
const dist = (file: string): string => join(root, 'dist', file);

/** Files that the pages need, by address: the samples, and the scripts that pages load directly. */
const FILES: Record<string, string> = {
  '/lowrank.min.js': dist('lowrank.min.js'),
  '/lowrank-sw.min.js': dist('lowrank-sw.min.js'),
};
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.png': 'image/png' };

const files: Plugin = {
  name: 'gallery-files',
  configureServer({ middlewares }) {
    middlewares.use(async (request, response, next) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const sample = /^\/samples(\/[\w-]+\.(?:lrk|png))$/.exec(normalize(pathname))?.[1];
      const file = FILES[pathname] ?? (sample && join(root, 'samples', sample));
      if (!file || searchParams.has('lowrank') || searchParams.has('import')) return next();
      const bytes = await readFile(file).catch(() => undefined);
      if (!bytes) {
        response.statusCode = 404;
        return void response.end();
      }
      response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
      response.setHeader('content-length', bytes.length);
      response.end(bytes);
    });
    // Its strict policy does not allow Vite's own client.
    middlewares.use('/script.html', (_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(readFileSync(join(import.meta.dirname, 'script.html')));
    });
  },
};

/** Samples whose bytes the pages compare, and the module that provides them. */
const COMPARED = ['scene', 'brick', 'weave', 'window'];
const BYTES_ID = 'virtual:bytes';

const bytes: Plugin = {
  name: 'gallery-bytes',
  resolveId: id => (id === BYTES_ID ? id : undefined),
  async load(id) {
    if (id !== BYTES_ID) return undefined;
    const found = await Promise.all(COMPARED.map(async name => [name, await peerBytes(name)] as const));
    return `export default ${JSON.stringify(Object.fromEntries(found))}`;
  },
};

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: {
    target: 'es2022',
    rolldownOptions: {
      input: ['index', 'service-worker'].map(name => join(import.meta.dirname, `${name}.html`)),
    },
  },
  plugins: [files, bytes, lowrank({ cacheDir: join(root, 'node_modules/.cache/lowrank') })],
  cacheDir: join(root, 'node_modules/.vite/gallery'),
  resolve: {
    alias: {
      'lowrank/define': dist('web/define.js'),
      'lowrank/decode': dist('lowrank-decode.js'),
    },
  },
  server: { fs: { allow: [root] } },
});
