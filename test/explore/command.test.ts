import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { readImage } from 'lowrank/node';
import { afterAll, describe, expect, it } from 'vitest';
import { type Explorer, serveExplorer } from '../../src/cli/explorer-server.js';
import { lowrank, newPlace } from '../cli/harness.js';

const ROOT = join(import.meta.dirname, '../..');
const sampleOf = (name: string): string => join(ROOT, 'samples', name);
const started: Explorer[] = [];
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const explorer of started) await explorer.close();
  for (const child of children) child.kill();
});
const serve = async (...args: Parameters<typeof serveExplorer>): Promise<Explorer> => {
  const explorer = await serveExplorer(...args);
  started.push(explorer);
  return explorer;
};
/** The status of the answer to a request that fetch cannot make. */
const ask = (url: string, options: { method?: string; headers?: Record<string, string>; path?: string }) =>
  new Promise<number>((resolve, reject) =>
    request(url, options, response => resolve(response.resume().statusCode!))
      .on('error', reject)
      .end(),
  );

describe('lowrank explore', () => {
  it.each([
    'dusk-rgb16.png',
    'smoke-grey-alpha.png',
    'scene.lrk',
  ])('gives the page every sample of %s', async name => {
    const { url } = await serve({ image: sampleOf(name) });
    expect(new URL(url).search).toBe(`?picture=${name}`);
    const response = await fetch(new URL('picture', url));
    const { data, ...shape } = (await readImage(sampleOf(name))).raster;
    expect(JSON.parse(response.headers.get('lowrank-raster')!)).toEqual(shape);
    const body = Buffer.from(await response.arrayBuffer());
    expect(body.equals(Buffer.from(data.buffer, data.byteOffset, data.byteLength))).toBe(true);
  });

  it('serves the page and its samples, and nothing else', async () => {
    const { url } = await serve();
    for (const [path, type] of [
      ['', 'text/html'],
      ['main.js', 'text/javascript'],
      ['worker.js', 'text/javascript'],
      ['style.css', 'text/css'],
      ['samples/scene.png', 'image/png'],
    ] as const) {
      const response = await fetch(new URL(path, url));
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining(type),
      ]);
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(1000);
    }
    expect(await ask(url, { path: '/../../package.json' })).toBe(404);
    expect(await ask(url, { path: '/%2e%2e/%2e%2e/package.json' })).toBe(404);
    expect(await ask(url, { path: '/picture' })).toBe(404);
    expect(await ask(url, { method: 'POST' })).toBe(405);
    expect(await ask(url, { method: 'HEAD' })).toBe(200);
  });

  it('answers only to its own host name: a page from elsewhere cannot read the picture', async () => {
    const { url } = await serve({ image: sampleOf('tiny-7x5.png') });
    const { port } = new URL(url);
    expect(await ask(url, { path: '/picture', headers: { host: `evil.example:${port}` } })).toBe(403);
    expect(await ask(url, { path: '/picture', headers: { host: `localhost:${port}` } })).toBe(200);
  });

  it('refuses requests from other pages, whatever they send, but accepts links', async () => {
    const { url } = await serve({ image: sampleOf('tiny-7x5.png') });
    const { origin } = new URL(url);
    const status = (headers: Record<string, string>, path = '/picture'): Promise<number> =>
      ask(url, { path, headers });
    for (const stranger of ['https://evil.example', 'null', 'http://127.0.0.1:1', `${origin}.evil.example`])
      expect([stranger, await status({ Origin: stranger })]).toEqual([stranger, 403]);
    expect(await status({ Origin: origin })).toBe(200);
    for (const site of ['cross-site', 'same-site'])
      expect(await status({ 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'no-cors' })).toBe(403);
    for (const site of ['same-origin', 'none'])
      expect(await status({ 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'cors' })).toBe(200);
    expect(await status({ 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }, '/')).toBe(200);
  });

  it('listens on loopback only, and survives malformed requests', async () => {
    const { url } = await serve({ image: sampleOf('tiny-7x5.png') });
    const { hostname, port } = new URL(url);
    expect(hostname).toBe('127.0.0.1');
    const others = Object.values(networkInterfaces()).flatMap(list => list ?? []);
    for (const { address } of others.filter(of => !of.internal && of.family === 'IPv4'))
      await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow();
    for (const path of [
      '//',
      '//evil.example/picture',
      'http://evil.example/picture',
      '/%',
      '/%00',
      '/picture%00',
      '/..%5c..%5cpackage.json',
      '/samples/../../../package.json',
      '/samples/%252e%252e/index.html',
      '/index.html/',
      `/${'a'.repeat(8000)}`,
    ])
      expect([path.slice(0, 40), await ask(url, { path })]).toEqual([path.slice(0, 40), 404]);
    for (const line of ['nonsense', 'GET', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b', 'OPTIONS * HTTP/1.1'])
      await new Promise<void>(done =>
        connect(Number(port), '127.0.0.1')
          .on('error', () => {})
          .on('close', () => done())
          .end(`${line}\r\n\r\n`)
          .resume(),
      );
    expect(await ask(url, { path: '/?picture=x' })).toBe(200);
  });

  it('restricts in every answer what a page may do with it', async () => {
    const { url } = await serve({ image: sampleOf('tiny-7x5.png') });
    for (const path of ['', 'worker.js', 'picture', 'nothing']) {
      const { headers } = await fetch(new URL(path, url));
      const policy = headers.get('content-security-policy')!;
      expect(policy).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|\*/);
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('encodes names in addresses', async () => {
    const { url } = await serve({
      image: readFileSync(sampleOf('tiny-7x5.png')),
      name: 'a&b #"<script>.png',
    });
    expect(new URL(url).searchParams.get('picture')).toBe('a&b #"<script>.png');
    expect(url).not.toMatch(/[<>"#\s]/);
  });

  it('prints the address and serves until it is ended', async () => {
    const child = spawn(process.execPath, [
      join(ROOT, 'dist/run/main.js'),
      'explore',
      sampleOf('tiny-1x300.png'),
      '--no-open',
    ]);
    children.push(child);
    const [line] = await once(child.stdout, 'data');
    expect(String(line)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?picture=tiny-1x300\.png\n$/);
    expect((await fetch(String(line).trim())).status).toBe(200);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect((await ended)[1]).toBe('SIGTERM');
  });

  it('prints the address before it reads the picture, and then what is wrong with it', async () => {
    const place = await newPlace();
    const whole = readFileSync(sampleOf('scene.png'));
    const broken = await place.put('broken.png', whole.subarray(0, whole.length / 2));
    const { code, stdout, stderr } = await lowrank(['explore', '--no-open', broken]);
    expect([code, stdout.toString()]).toEqual([1, expect.stringMatching(/^http:.*picture=broken\.png\n$/)]);
    expect(stderr.at(-1)).toMatch(/^error: .*broken\.png.*cannot be read/);
    const { url, read } = await serve({ image: broken });
    const response = await fetch(new URL('picture', url));
    expect([response.status, await response.text()]).toEqual([422, expect.stringMatching(/^DAMAGED: .*\n$/)]);
    await expect(read()).rejects.toThrow('DAMAGED');
  });

  it('exits with 1 if the picture is missing or the port is taken, and with 2 for an invalid port', async () => {
    expect(await lowrank(['explore', '--no-open', 'nowhere.png'])).toMatchObject({
      code: 1,
      stderr: [expect.stringContaining('nowhere.png')],
    });
    const place = await newPlace();
    const text = await place.put('notes.png', Buffer.from('no picture'));
    expect(await lowrank(['explore', '--no-open', text])).toMatchObject({ code: 1, stdout: Buffer.from('') });
    const { port } = new URL((await serve()).url);
    expect(await lowrank(['explore', '--no-open', '--port', port])).toMatchObject({
      code: 1,
      stderr: [expect.stringContaining('is in use')],
    });
    expect((await lowrank(['explore', '--port', '99999'])).code).toBe(2);
  });
});
