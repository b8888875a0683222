import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { defineConfig, type Plugin } from 'vite';
import lowrank from '../../dist/vite/index.js';

// The gallery of ways to put a picture into a page: npm run gallery

const root = join(import.meta.dirname, '../..');
const dist = (file: string): string => join(root, 'dist', file);

/** Files beside the pages, by their address: the samples, and the scripts that pages load as they are. */
const FILES: Record<string, string> = {
  '/lowrank.min.js': dist('lowrank.min.js'),
  '/lowrank-sw.min.js': dist('lowrank-sw.min.js'),
};
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.png': 'image/png' };

/** Bytes and milliseconds of the chunks in which `?slow` files come: 12 kB a second. */
const CHUNK = 600;
const PAUSE = 50;

const files: Plugin = {
  name: 'gallery-files',
  configureServer({ middlewares }) {
    middlewares.use(async (request, response, next) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const sample = /^\/samples(\/[\w-]+\.(?:lrk|png))$/.exec(normalize(pathname))?.[1];
      const file = FILES[pathname] ?? (sample && join(root, 'samples', sample));
      if (!file || searchParams.has('lowrank')) return next();
      const bytes = await readFile(file).catch(() => undefined);
      if (!bytes) {
        response.statusCode = 404;
        return void response.end();
      }
      response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
      response.setHeader('content-length', bytes.length);
      if (!searchParams.has('slow')) return void response.end(bytes);
      for (let at = 0; at < bytes.length && !response.destroyed; at += CHUNK, await wait(PAUSE))
        response.write(bytes.subarray(at, at + CHUNK));
      response.end();
    });
    // What a strict page of today says; Vite's own client would need more.
    middlewares.use('/script.html', (_request, response) => {
      response.setHeader('content-security-policy', "default-src 'self'");
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(readFileSync(join(import.meta.dirname, 'script.html')));
    });
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [files, lowrank({ cacheDir: join(root, 'node_modules/.cache/lowrank') })],
  cacheDir: join(root, 'node_modules/.vite/gallery'),
  resolve: {
    alias: {
      'lowrank/define': dist('web/define.js'),
      'lowrank/decode': dist('lowrank-decode.js'),
    },
  },
  server: { fs: { allow: [root] } },
});
