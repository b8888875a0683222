// What a build does that imports pictures: node build.mjs <cache> <picture...>
import { builtPicture } from '../../dist/vite/picture-cache.js';

const [cache, ...files] = process.argv.slice(2);
await Promise.all(
  files.map((file, i) =>
    builtPicture({ file, options: { effort: 1, quality: 60, ...(i > 0 && { fallback: true }) } }, cache),
  ),
);
