import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import lowrankEsbuild from 'lowrank/esbuild';
import lowrankRollup from 'lowrank/rollup';
import lowrankVite from 'lowrank/vite';
import lowrankWebpack from 'lowrank/webpack';
import { rollup } from 'rollup';
import sharp from 'sharp';
import * as vite from 'vite';
import { describe, expect, it } from 'vitest';
import webpack from 'webpack';
import type { Place } from '../cli/harness.js';
import { expectPicture, fileOf, filesOf, HEIGHT, newProject, WIDTH } from './project.js';

/** Builds src/main.js into dist/main.js. */
const BUILDS: Record<string, (place: Place) => Promise<unknown>> = {
  vite: place =>
    vite.build({
      root: place.root,
      configFile: false,
      logLevel: 'silent',
      base: '/base/',
      plugins: [lowrankVite()],
      build: { lib: { entry: 'src/main.js', formats: ['es'], fileName: () => 'main.js' }, outDir: 'dist' },
    }),
  async rollup(place) {
    const plugins = [lowrankRollup({ cacheDir: place.at('cache') })];
    const bundle = await rollup({ input: place.at('src/main.js'), plugins });
    await bundle.write({ dir: place.at('dist') });
  },
  esbuild: place =>
    esbuild.build({
      absWorkingDir: place.root,
      entryPoints: ['src/main.js'],
      outdir: 'dist',
      bundle: true,
      format: 'esm',
      plugins: [lowrankEsbuild()],
      logLevel: 'silent',
    }),
  webpack: place =>
    new Promise((resolve, reject) => {
      webpack(
        {
          context: place.root,
          mode: 'production',
          entry: './src/main.js',
          experiments: { outputModule: true },
          output: {
            path: place.at('dist'),
            filename: 'main.js',
            library: { type: 'module' },
            publicPath: '/base/',
          },
          module: { rules: [{ test: /\.png$/, type: 'asset/resource' }] },
          plugins: [lowrankWebpack()],
        },
        (error, stats) => {
          const failed = error ?? stats!.compilation.errors[0];
          if (failed) reject(failed);
          else resolve(stats);
        },
      );
    }),
};

describe.each(Object.entries(BUILDS))('A build of %s', (name, build) => {
  it('gives the module address, size and placeholder, and has the encoded file beside it', async () => {
    const place = await newProject();
    await build(place);
    const files = filesOf(place.at('dist'));
    const { default: hero } = await import(pathToFileURL(place.at('dist/main.js')).href);
    expectPicture(hero, fileOf(hero.src, files));
    expect(hero.src).toMatch(/\.lrk$/);
    if (name === 'vite' || name === 'webpack') expect(hero.src).toMatch(/^\/base\//);
    expect(Object.keys(files).filter(file => file.endsWith('.png'))).toEqual([]);
  });

  it('has AVIF and JPEG files for pages without scripts, if they are asked for', async () => {
    const place = await newProject('?lowrank&psnr=38&fallback');
    await build(place);
    const files = filesOf(place.at('dist'));
    const { default: hero } = await import(pathToFileURL(place.at('dist/main.js')).href);
    expectPicture(hero, fileOf(hero.src, files));
    for (const [address, format] of [
      [hero.fallback.avif, 'heif'],
      [hero.fallback.image, 'jpeg'],
    ])
      expect(await sharp(fileOf(address, files)).metadata()).toMatchObject({
        format,
        width: WIDTH,
        height: HEIGHT,
      });
    if (name === 'vite' || name === 'webpack') expect(hero.fallback.avif).toMatch(/^\/base\/.*\.avif$/);
  });

  it('fails with the reason if the query or the picture is wrong', async () => {
    const typo = await newProject('?lowrank&pnsr=38');
    await expect(build(typo)).rejects.toThrow(/OPTION: query: got pnsr/);
    const range = await newProject('?lowrank&quality=101');
    await expect(build(range)).rejects.toThrow(/OPTION: quality: got 101/);
    const damaged = await newProject();
    await damaged.put('src/my hero.png', 'no picture');
    await expect(build(damaged)).rejects.toThrow(/UNSUPPORTED: .*my hero\.png/);
  });
});
