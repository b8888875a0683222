import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from '../browsers/open.js';
import { serve } from '../browsers/server.js';

// Tries the package as it would be published, in fresh projects outside of this one: each is installed, built as README.md says, served and looked
// at in Chromium: npm run try. Needs npm's registry, which no test does.

const root = join(import.meta.dirname, '../..');
const place = mkdtempSync(join(tmpdir(), 'lowrank-try-'));
const run = (cwd: string, command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const MAIN = `import 'lowrank/define';
import hero from './hero.png?lowrank&psnr=34';
document.body.append(Object.assign(document.createElement('lowrank-img'), hero, { alt: 'Hills' }));
`;
const MODULE = '<!doctype html><title>Try</title><body><script type="module" src="./main.js"></script>';

/** A project: the packages that it needs besides this one, its files, how it is built, and the folder that is served. */
interface Project {
  packages: string[];
  files: Record<string, string>;
  build: [command: string, ...args: string[]][];
  site: string;
}

const PROJECTS: Record<string, Project> = {
  vite: {
    packages: ['vite'],
    files: {
      'vite.config.js': `import lowrank from 'lowrank/vite';\nexport default { plugins: [lowrank()] };`,
      'index.html': MODULE,
      'main.js': MAIN,
    },
    build: [['npx', 'vite', 'build', '--logLevel', 'warn']],
    site: 'dist',
  },
  webpack: {
    packages: ['webpack'],
    files: {
      'build.js': `import lowrank from 'lowrank/webpack';
        import webpack from 'webpack';
        const plugins = [lowrank()];
        webpack({ mode: 'production', entry: './main.js', plugins }, (error, stats) => {
          if (error || stats.hasErrors()) throw error ?? new Error(stats.toString());
        });`,
      'main.js': MAIN,
      'dist/index.html': MODULE,
    },
    build: [['node', 'build.js']],
    site: 'dist',
  },
  esbuild: {
    packages: ['esbuild'],
    files: {
      'build.js': `import { build } from 'esbuild';
        import lowrank from 'lowrank/esbuild';
        await build({ entryPoints: ['main.js'], bundle: true, format: 'esm', outdir: 'dist', plugins: [lowrank()] });`,
      'main.js': MAIN,
      'dist/index.html': MODULE,
    },
    build: [['node', 'build.js']],
    site: 'dist',
  },
  'plain HTML': {
    packages: [],
    files: {
      'index.html': `<!doctype html><title>Try</title><script src="lowrank.min.js" defer></script>
        <img data-lowrank="hero.lrk" alt="Hills" width="480" height="320">`,
    },
    build: [
      ['npx', 'lowrank', 'encode', 'hero.png', '--psnr', '34', '--json'],
      ['cp', 'node_modules/lowrank/dist/lowrank.min.js', '.'],
    ],
    site: '.',
  },
};

/** The result of the page: the size of its picture once it is shown. */
const SHOWN = `(async () => {
  const end = Date.now() + 30000;
  let element;
  while (!(element = document.querySelector('lowrank-img'))?.naturalWidth && Date.now() < end)
    await new Promise(resolve => setTimeout(resolve, 100));
  await element?.decode();
  return [element?.naturalWidth, element?.naturalHeight];
})()`;

run(root, 'npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', place);
const version = JSON.parse(run(root, 'npm', 'pkg', 'get', 'version')) as string;
const browser = await open('chromium');
try {
  for (const [name, { packages, files, build, site }] of Object.entries(PROJECTS)) {
    const folder = join(place, name);
    for (const [path, text] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    cpSync(join(root, 'samples/scene.png'), join(folder, 'hero.png'));
    const quiet = ['--silent', '--no-audit', '--no-fund', '--prefer-offline'];
    run(folder, 'npm', 'install', ...quiet, join(place, `lowrank-${version}.tgz`), ...packages);
    for (const [command, ...args] of build) run(folder, command, ...args);
    const server = await serve(join(folder, site));
    await browser.goto(`${server.origin}/index.html`);
    const shown = await browser.evaluate<[], number[]>(SHOWN);
    await browser.screenshot(join(tmpdir(), `lowrank-try-${name.replace(' ', '-')}.png`));
    await server.close();
    if (shown.join() !== '480,320')
      throw new Error(`${name}: the page shows a picture of ${shown.join(' x ')}`);
    console.log(`${name}: built, and shows its picture`);
  }
} finally {
  await browser.close();
  rmSync(place, { recursive: true, force: true });
}
