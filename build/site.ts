import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

// Builds all pages as static files, for any folder of any server: the gallery, the explorer with its samples, and a report of a sample.
// npm run build:site -- [folder], by default site; after npm run build.

const root = join(import.meta.dirname, '..');
const site = resolve(process.argv[2] ?? join(root, 'site'));
const gallery = join(site, 'gallery');
const samples = join(root, 'samples');

rmSync(site, { recursive: true, force: true });
await build({
  configFile: join(samples, 'web/vite.config.ts'),
  build: { outDir: gallery },
  logLevel: 'warn',
});
copyFileSync(join(samples, 'web/script.html'), join(gallery, 'script.html'));
copyFileSync(join(samples, 'web/style.css'), join(gallery, 'style.css'));
for (const name of ['lowrank.min.js', 'lowrank-player.min.js', 'lowrank-large.min.js', 'lowrank-sw.min.js'])
  copyFileSync(join(root, 'dist', name), join(gallery, name));
mkdirSync(join(gallery, 'samples'));
for (const name of readdirSync(samples).filter(file => /\.(lrk|png)$/.test(file)))
  copyFileSync(join(samples, name), join(gallery, 'samples', name));

cpSync(join(root, 'dist/explorer'), join(site, 'explorer'), { recursive: true });
const report = ['compare', 'scene.png', '-o', join(site, 'report.html')];
execFileSync(process.execPath, [join(root, 'dist/run/main.js'), ...report], {
  cwd: samples,
  stdio: 'ignore',
});
copyFileSync(join(samples, 'web/site.html'), join(site, 'index.html'));
copyFileSync(join(samples, 'web/style.css'), join(site, 'style.css'));
copyFileSync(join(root, 'docs/ranks.png'), join(site, 'ranks.png'));
console.log(site);
