import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type TestServer } from './server.js';

const BODY = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);

describe('The server of the tests in browsers', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await serve();
  });
  afterAll(() => server.close());
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(server.origin + path, { headers });

  it('serves what was put, with its type, and answers 404 for everything else', async () => {
    server.put('/a.html', '<p>a');
    const found = await get('/a.html?query');
    expect([found.status, found.headers.get('content-type'), await found.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<p>a',
    ]);
    expect((await get('/b.html')).status).toBe(404);
    expect(server.requests('/a.html')).toMatchObject([
      { path: '/a.html?query', status: 200, bytes: 4, end: 'complete' },
    ]);
  });

  it('answers ranges, unless it is told not to', async () => {
    server.put('/range', BODY);
    const part = await get('/range', { Range: 'bytes=10-19' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-19/1000']);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(BODY.slice(10, 20));
    expect(new Uint8Array(await (await get('/range', { Range: 'bytes=-5' })).arrayBuffer())).toEqual(
      BODY.slice(-5),
    );
    server.behave('/range', { ranges: false });
    const whole = await get('/range', { Range: 'bytes=10-19' });
    expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, 1000]);
  });

  it.each([
    ['cuts', { cutAfter: 300 }, 300],
    ['promises more than it has', { contentLength: 1_000_000_000 }, 1000],
  ])('%s', async (_, behaviour, bytes) => {
    server.put('/cut', BODY, behaviour);
    const response = await get('/cut');
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect(server.requests('/cut').at(-1)).toMatchObject({ bytes, end: 'cut' });
  });

  it('sends in chunks, and counts what was sent when the reader goes away', async () => {
    server.put('/slow', BODY, { chunk: 100, pause: 30 });
    const abort = new AbortController();
    const response = await fetch(`${server.origin}/slow`, { signal: abort.signal });
    const reader = response.body!.getReader();
    expect((await reader.read()).value).toHaveLength(100);
    abort.abort();
    await expect.poll(() => server.requests('/slow')[0]!.end).toBe('aborted');
    expect(server.requests('/slow')[0]!.bytes).toBeLessThan(1000);
    server.behave('/slow', { throttle: 10_000 });
    expect(new Uint8Array(await (await get('/slow')).arrayBuffer())).toEqual(BODY);
  });

  it('can add headers, change status and type, and hang', async () => {
    server.put('/odd', BODY, {
      status: 203,
      type: 'text/plain',
      headers: { 'X-Odd': 'yes' },
      hang: true,
      cutAfter: 10,
    });
    const response = await get('/odd');
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-odd')]).toEqual([
      203,
      'text/plain',
      'yes',
    ]);
    const reader = response.body!.getReader();
    expect((await reader.read()).value).toHaveLength(10);
    expect(server.requests('/odd')[0]!.end).toBe('open');
    await reader.cancel();
  });
});
