import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { encode, inspect } from 'lowrank';
import { encodeImage } from 'lowrank/node';
import sharp from 'sharp';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { builtPicture } from '../../src/vite/picture-cache.js';
import { readRequest } from '../../src/vite/request.js';
import { newPlace } from '../cli/harness.js';
import { picture, smooth } from '../unit/io/pictures.js';

const png = (await encodeImage(smooth(40, 30))).bytes;

describe('The id of a module', () => {
  it('asks for a picture if its query has the word lowrank, in any place', () => {
    for (const id of ['a.png?lowrank', 'a.png?psnr=38&lowrank', 'a.png?lowrank=&t=1', 'a.png?x=1&lowrank#h'])
      expect(/\.png$/.test(readRequest(id.replace('x=1&', ''))!.file)).toBe(true);
    for (const id of ['a.png', 'a.png?url', 'a.png?lowranked', 'lowrank.png?raw', 'a.png?raw#&lowrank'])
      expect(readRequest(id)).toBeUndefined();
  });

  it('overrides the options of the plugin, and one target replaces the other', () => {
    const defaults = { psnr: 38, effort: 3, placeholder: 60 };
    expect(readRequest('a.png?lowrank', defaults)!.options).toEqual(defaults);
    expect(readRequest('a.png?lowrank&effort=9&placeholder=false', defaults)!.options).toEqual({
      ...defaults,
      effort: 9,
      placeholder: false,
    });
    expect(readRequest('a.png?size=4000&tune=psnr&strip&lowrank', defaults)!.options).toEqual({
      size: 4000,
      effort: 3,
      tune: 'psnr',
      strip: true,
      placeholder: 60,
    });
  });

  it('is refused for an unknown option', () => {
    for (const name of ['pnsr', 'constructor', 'metadata'])
      expect(() => readRequest(`a.png?lowrank&${name}=1`)).toThrow(
        expect.objectContaining({ code: 'OPTION', got: name }),
      );
  });
});

describe('A picture in a build', () => {
  it('is encoded once for its bytes and options, and again when either changes', async () => {
    const place = await newPlace();
    const file = await place.put('a.png', png);
    const folder = place.at('cache');
    const [first, twin] = await Promise.all(
      [1, 2].map(() => builtPicture({ file, options: { quality: 50 } }, folder)),
    );
    expect(twin).toEqual(first);
    expect(await place.files()).toHaveLength(3);
    // A mark in the cached file shows that it is not made again.
    await writeFile(first!.file, 'marked');
    expect(await builtPicture({ file, options: { quality: 50 } }, folder)).toEqual(first);
    expect(await readFile(first!.file, 'utf8')).toBe('marked');

    const other = await builtPicture({ file, options: { quality: 51 } }, folder);
    await place.put('a.png', (await encodeImage(smooth(30, 40))).bytes);
    const changed = await builtPicture({ file, options: { quality: 50 } }, folder);
    expect(new Set([first!.file, other.file, changed.file]).size).toBe(3);
    expect([changed.width, changed.height]).toEqual([30, 40]);
  });

  it('is made again if a crash or a clean-up has left only part of it', async () => {
    const place = await newPlace();
    const request = { file: await place.put('a.png', png), options: { quality: 50, fallback: true } };
    const whole = await builtPicture(request, place.at('cache'));
    const bytes = await readFile(whole.file);
    const record = join(dirname(whole.file), 'picture.json');
    for (const spoil of [
      () => writeFile(record, ''),
      () => writeFile(record, 'null'),
      () => writeFile(whole.file, ''),
      () => rm(whole.file),
      () => rm(whole.fallback!.avif),
    ]) {
      await spoil();
      expect(await builtPicture(request, place.at('cache'))).toEqual(whole);
      expect(await readFile(whole.file)).toEqual(bytes);
      expect((await readFile(whole.fallback!.avif)).length).toBeGreaterThan(0);
    }
  });

  it('leaves nothing after a failure, and the next call fails again', async () => {
    const place = await newPlace();
    const file = await place.put('a.png', 'no picture');
    for (let i = 0; i < 2; i++)
      await expect(builtPicture({ file, options: {} }, place.at('cache'))).rejects.toMatchObject({
        code: 'UNSUPPORTED',
        path: file,
      });
    await expect(
      builtPicture({ file: await place.put('b.png', png), options: { placeholder: 7 } }, place.at('cache')),
    ).rejects.toMatchObject({ code: 'OPTION', field: 'size' });
    expect(await place.files()).toEqual(['a.png', 'b.png']);
  });

  it('has no placeholder if none is wanted, and alpha if the picture has', async () => {
    const place = await newPlace();
    const file = await place.put('a.png', (await encodeImage(picture(20, 20, 4, 8))).bytes);
    const without = await builtPicture({ file, options: { placeholder: false } }, place.at('cache'));
    expect(Object.keys(without).sort()).toEqual(['file', 'height', 'width']);
    const { placeholder } = await builtPicture({ file, options: {} }, place.at('cache'));
    expect(inspect(Buffer.from(placeholder!.split(',')[1]!, 'base64')).channels).toBe(4);
  });

  it('with alpha has a WebP fallback beside AVIF, the second time from the cache', async () => {
    const place = await newPlace();
    const file = await place.put('a.png', (await encodeImage(picture(20, 20, 4, 8))).bytes);
    const request = { file, options: { fallback: true } };
    const { fallback } = await builtPicture(request, place.at('cache'));
    for (const [path, format] of [
      [fallback!.avif, 'heif'],
      [fallback!.image, 'webp'],
    ] as const)
      expect(await sharp(path).metadata()).toMatchObject({ format, width: 20, hasAlpha: true });
    await writeFile(fallback!.image, 'marked');
    expect((await builtPicture(request, place.at('cache'))).fallback).toEqual(fallback);
    expect(await readFile(fallback!.image, 'utf8')).toBe('marked');
  });

  it('that is an .lrk file is kept unless options say otherwise', async () => {
    const place = await newPlace();
    const bytes = encode(smooth(40, 30), { quality: 90 });
    const file = await place.put('a.lrk', bytes);
    const kept = await builtPicture({ file, options: { placeholder: 30 } }, place.at('cache'));
    expect([...(await readFile(kept.file))]).toEqual([...bytes]);
    const anew = await builtPicture({ file, options: { quality: 20 } }, place.at('cache'));
    expect((await readFile(anew.file)).length).toBeLessThan(bytes.length);
  });
});

it('TypeScript knows what the imports give, with lowrank/client', async () => {
  const place = await newPlace();
  const root = join(import.meta.dirname, '../..');
  const main = await place.put(
    'main.ts',
    `/// <reference types="lowrank/client" />
    import a from './a.png?lowrank';
    import b from './a.png?psnr=38&lowrank';
    const sizes: number = a.width + b.height;
    const text: string = a.src;
    const wrong: number = b.src;
    export { sizes, text, wrong };`,
  );
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: [] },
    ...{ module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
    paths: {
      'lowrank/*': [join(root, 'dist/*/index.d.ts')],
      'lowrank/client': [join(root, 'types/client.d.ts')],
    },
  };
  const host = ts.createCompilerHost(options);
  host.resolveTypeReferenceDirectiveReferences = references =>
    references.map(() => ({
      resolvedTypeReferenceDirective: { primary: true, resolvedFileName: join(root, 'types/client.d.ts') },
    }));
  const found = ts
    .getPreEmitDiagnostics(ts.createProgram([main], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(found).toEqual(["Type 'string' is not assignable to type 'number'."]);
});
