import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, encode, encodePlaceholder, inspect, rangesOf, truncate } from 'lowrank';
import { folderReader, toListener } from 'lowrank/node';
import { createHandler } from 'lowrank/serve';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draw } from '../properties/codec-rasters.js';

const raster = draw(203, 150, 3, 8, 'photo');
const photo = encode(raster, { quality: 95, effort: 1 });
const placeholder = encodePlaceholder(raster);
const files: Record<string, Uint8Array> = {
  '/photo.lrk': photo,
  '/ein Bild.lrk': photo,
  '/small.lrk': placeholder,
  '/begun.lrk': photo.subarray(0, Math.ceil(truncate(photo, { scale: 4 }).length * 1.1)),
  '/broken.lrk': photo.map((byte, i) => (i === 200 ? byte ^ 1 : byte)),
};
const handler = createHandler(path => files[path]);
const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  handler(new Request(`https://example.test${path}`, { headers, method }));
const bytesOf = async (response: Response): Promise<Uint8Array> =>
  new Uint8Array(await response.arrayBuffer());

describe('A handler', () => {
  it('answers with the whole file by default, and with its type', async () => {
    const response = await get('/photo.lrk');
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=3600',
      'content-length': `${photo.length}`,
      'content-type': 'image/lrk',
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      'x-content-type-options': 'nosniff',
    });
    expect(await bytesOf(response)).toEqual(photo);
    expect(await bytesOf(await get('/ein%20Bild.lrk'))).toEqual(photo);
  });

  it.each([
    ['width=1', 8],
    ['width=26', 8],
    ['width=27', 4],
    ['width=51', 4],
    ['width=52', 2],
    ['height=75', 2],
    ['width=20&height=40', 2],
    ['width=102', 2],
    ['width=103', 1],
    ['width=60000', 1],
    ['scale=4', 4],
    ['scale=1', 1],
  ] as const)('answers %s with the bytes of the picture at 1 / %i of the size', async (query, scale) => {
    const bytes = await bytesOf(await get(`/photo.lrk?${query}`));
    expect(bytes).toEqual(scale > 1 ? truncate(photo, { scale: scale as 2 }) : photo);
    expect(decode(bytes, { scale })).toEqual(decode(photo, { scale }));
    expect(inspect(bytes).complete).toBe(true);
    if (scale > 1) expect(bytes.length).toBeLessThan(photo.length * (scale > 2 ? 0.5 : 0.9));
  });

  it('serves files without sizes whole', async () => {
    expect(await bytesOf(await get('/small.lrk?width=10'))).toEqual(placeholder);
  });

  it('serves a file that was cut short, of sizes that it does not have whole, as it is', async () => {
    const begun = files['/begun.lrk']!;
    expect(await bytesOf(await get('/begun.lrk?scale=8'))).toEqual(truncate(photo, { scale: 8 }));
    expect(await bytesOf(await get('/begun.lrk?scale=2'))).toEqual(begun);
    expect(decode(begun, { scale: 2 }).width).toBe(102);
  });

  it('says what is wrong if its function gives no bytes', async () => {
    const path = '/photo.lrk?scale=2';
    const of = (file: unknown): Promise<Response> =>
      createHandler(() => file as Uint8Array)(new Request(`https://example.test${path}`));
    await expect(of(new Uint8Array(photo).buffer)).rejects.toThrow(
      'OPTION: read: got ArrayBuffer, expected Uint8Array',
    );
    await expect(of('photo')).rejects.toThrow('OPTION: read: got String, expected Uint8Array');
    expect((await of(null)).status).toBe(404);
  });

  it.each([
    ['/photo.lrk?width=0', 400],
    ['/photo.lrk?width=-5', 400],
    ['/photo.lrk?width=1e3', 400],
    ['/photo.lrk?height=65536', 400],
    ['/photo.lrk?scale=3', 400],
    ['/photo.lrk?scale=2&width=5', 400],
    ['/none.lrk', 404],
    ['/photo.png', 404],
    ['/', 404],
    ['/%ff.lrk', 404],
    ['/a%2f..%2fphoto.lrk', 404],
    ['/..%5cphoto.lrk', 404],
    ['/photo.lrk%00.lrk', 404],
    ['/broken.lrk?width=40', 500],
  ] as const)('answers %s with %i, in plain text', async (path, status) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect((await response.text()).length).toBeLessThan(80);
  });

  it('allows only GET and HEAD', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await get('/photo.lrk', {}, method);
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
    const head = await get('/photo.lrk?scale=2', {}, 'HEAD');
    expect(head.headers.get('content-length')).toBe(`${truncate(photo, { scale: 2 }).length}`);
    expect((await bytesOf(head)).length).toBe(0);
    const ranged = await get('/photo.lrk', { Range: 'bytes=0-9' }, 'HEAD');
    expect([ranged.status, ranged.headers.get('content-length')]).toEqual([200, `${photo.length}`]);
  });

  it('sends nothing for a matching tag; each size has its own', async () => {
    const [whole, half] = await Promise.all([get('/photo.lrk'), get('/photo.lrk?scale=2')]);
    const [a, b] = [whole.headers.get('etag')!, half.headers.get('etag')!];
    expect(a).not.toBe(b);
    for (const known of [a, `W/${a}`, `"x", ${a}`, '*']) {
      const again = await get('/photo.lrk', { 'If-None-Match': known });
      expect([again.status, again.headers.get('etag'), (await again.text()).length]).toEqual([304, a, 0]);
    }
    expect((await get('/photo.lrk', { 'If-None-Match': b })).status).toBe(200);
  });

  it('sends only the version that If-Match names', async () => {
    const tag = (await get('/photo.lrk')).headers.get('etag')!;
    for (const [named, status] of [
      [tag, 200],
      [`"x", ${tag}`, 200],
      ['*', 200],
      ['"x"', 412],
      [`W/${tag}`, 412],
    ] as const)
      expect([named, (await get('/photo.lrk', { 'If-Match': named })).status]).toEqual([named, status]);
  });

  it('sends ranges of bytes, from which a region can be decoded', async () => {
    const n = photo.length;
    const cases: [string, number, number, number][] = [
      ['bytes=0-9', 206, 0, 10],
      ['bytes=10-', 206, 10, n],
      ['bytes=-7', 206, n - 7, n],
      [`bytes=5-${n + 99}`, 206, 5, n],
      ['bytes=5-4', 200, 0, n],
      ['bytes=0-1,5-6', 200, 0, n],
      ['lines=0-1', 200, 0, n],
      ['bytes=-', 200, 0, n],
    ];
    for (const [range, status, from, to] of cases) {
      const response = await get('/photo.lrk', { Range: range });
      expect([range, response.status]).toEqual([range, status]);
      expect(response.headers.get('content-range')).toBe(
        status === 206 ? `bytes ${from}-${to - 1}/${n}` : null,
      );
      expect(await bytesOf(response)).toEqual(photo.subarray(from, to));
    }
    for (const range of [`bytes=${n}-`, 'bytes=-0']) {
      const response = await get('/photo.lrk', { Range: range });
      expect([response.status, response.headers.get('content-range')]).toEqual([416, `bytes */${n}`]);
    }
    expect((await get('/photo.lrk', { Range: 'bytes=0-9', 'If-Range': '"other"' })).status).toBe(200);
    const sparse = new Uint8Array(n);
    const region = { x: 10, y: 20, width: 30, height: 40 };
    for (const { from, to } of rangesOf(photo.subarray(0, 1000), { region, scale: 2 }))
      sparse.set(await bytesOf(await get('/photo.lrk', { Range: `bytes=${from}-${to - 1}` })), from);
    expect(decode(sparse, { region, scale: 2 })).toEqual(decode(photo, { region, scale: 2 }));
  });

  it('adds the given headers, also where it sends no picture', async () => {
    const other = createHandler(() => photo, {
      cacheControl: 'no-store',
      headers: { 'Access-Control-Allow-Origin': '*' },
    });
    const { headers } = await other(new Request('https://example.test/any/photo.lrk'));
    expect([headers.get('cache-control'), headers.get('access-control-allow-origin')]).toEqual([
      'no-store',
      '*',
    ]);
    const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
      other(new Request(`https://example.test${path}`, init));
    const answers = await Promise.all([
      ask('/photo.png'),
      ask('/photo.lrk?scale=3'),
      ask('/photo.lrk', { method: 'POST' }),
      ask('/photo.lrk', { headers: { Range: `bytes=${photo.length}-` } }),
      ask('/photo.lrk', { headers: { 'If-None-Match': '*' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 400, 405, 416, 304]);
    for (const answer of answers) {
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      if (answer.status !== 304) expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    }
  });
});

describe('A server of a folder', () => {
  let folder: string;
  let server: Server;
  let origin: string;
  const errors: unknown[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lowrank-serve-'));
    await mkdir(join(folder, 'site/photos.lrk'), { recursive: true });
    await writeFile(join(folder, 'secret.lrk'), photo);
    await writeFile(join(folder, 'site/photo.lrk'), photo);
    await writeFile(join(folder, 'site/.hidden.lrk'), photo);
    await symlink(join(folder, 'secret.lrk'), join(folder, 'site/link.lrk'));
    await symlink(join(folder, 'site/photo.lrk'), join(folder, 'site/alias.lrk'));
    await symlink(folder, join(folder, 'site/out'));
    execFileSync('mkfifo', [join(folder, 'site/pipe.lrk')]);
    const handle = createHandler(folderReader(join(folder, 'site')));
    server = createServer(
      toListener(
        request => (request.url.endsWith('/fails.lrk') ? Promise.reject(new Error('no')) : handle(request)),
        { onError: error => errors.push(error) },
      ),
    );
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise(done => server.close(done));
    await rm(folder, { recursive: true });
  });

  it('serves its files, and links that stay inside, at every size', async () => {
    for (const name of ['photo', 'alias'])
      expect(await bytesOf(await fetch(`${origin}/${name}.lrk`))).toEqual(photo);
    expect(await bytesOf(await fetch(`${origin}/photo.lrk?width=50`))).toEqual(truncate(photo, { scale: 4 }));
  });

  it.each([
    '/link.lrk',
    '/.hidden.lrk',
    '/photos.lrk',
    '/none.lrk',
    '/%2e%2e/secret.lrk',
    '/..%2fsecret.lrk',
    '/%252e%252e/secret.lrk',
    '/..%5csecret.lrk',
    '/out/secret.lrk',
    '/photo.lrk%00.lrk',
    '/photo.lrk/photo.lrk',
    '/pipe.lrk',
    '/C:%5cphoto.lrk',
    `/${'a'.repeat(300)}.lrk`,
  ])('has no %s', async path => {
    expect((await fetch(`${origin}${path}`)).status).toBe(404);
  });

  it('answers 500 without details if the handler fails, and reports the error', async () => {
    const response = await fetch(`${origin}/fails.lrk`);
    expect([response.status, await response.text()]).toEqual([500, '']);
    expect(errors).toHaveLength(1);
  });

  it('allows no other methods, whatever a fetch handler makes of them', async () => {
    const status = await new Promise(done =>
      request(`${origin}/photo.lrk`, { method: 'TRACE' }, answer => done(answer.resume().statusCode)).end(),
    );
    expect([status, errors.length]).toEqual([405, 1]);
  });

  it('leaves out files that are larger than allowed', async () => {
    const read = folderReader(join(folder, 'site'), { maxBytes: photo.length - 1 });
    expect(await read('/photo.lrk')).toBeUndefined();
  });
});
