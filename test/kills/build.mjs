// What a build that imports pictures does: node build.mjs <cache> <picture...>
import { fileURLToPath } from 'node:url';
import { builtPicture } from '../../dist/vite/picture-cache.js';

/** @param {string} cache @param {...string} files */
export const build = (cache, ...files) =>
  Promise.all(
    files.map((file, i) =>
      builtPicture({ file, options: { effort: 1, quality: 60, ...(i > 0 && { fallback: true }) } }, cache),
    ),
  );

const [, script, ...args] = process.argv;
if (script === fileURLToPath(import.meta.url)) await build(...args);
