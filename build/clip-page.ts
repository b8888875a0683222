import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { sourceHash } from '../src/report/source-hash.js';

// Builds the page of a separated clip, without a clip, as one file: dist/clip-page/page.html. Part of npm run build.

const root = join(import.meta.dirname, '..');
const page = join(root, 'src/clip-page/page');
const { outputFiles } = await build({
  entryPoints: { script: join(page, 'main.ts'), style: join(page, 'style.css') },
  outdir: join(root, 'dist/clip-page'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
  write: false,
});
let html = readFileSync(join(page, 'index.html'), 'utf8');
for (const { path, text } of outputFiles) {
  const kind = path.endsWith('.css') ? 'style' : 'script';
  const source = text.trim().replaceAll('</', '<\\/');
  html = html
    .replace(`/* ${kind} */`, () => source)
    .replace(`${kind}-src '${kind}'`, `${kind}-src ${sourceHash(source)}`);
}
mkdirSync(join(root, 'dist/clip-page'), { recursive: true });
writeFileSync(join(root, 'dist/clip-page/page.html'), html);
