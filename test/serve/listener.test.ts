import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderReader, toListener } from 'lowrank/node';
import { createHandler } from 'lowrank/serve';
import { afterEach, describe, expect, it } from 'vitest';

type Handler = Parameters<typeof toListener>[0];

describe('A listener', () => {
  const servers: Server[] = [];
  const listen = async (...args: Parameters<typeof toListener>): Promise<number> => {
    const server = createServer(toListener(...args));
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise(done => server.close(done));
    }
  });
  /** A handler whose answers wait for `release`, with the requests that it has begun and the signals that were aborted. */
  const waiting = (): { handler: Handler; release: () => void; requests: Request[]; ended: () => number } => {
    let release = (): void => {};
    const promise = new Promise<void>(resolve => {
      release = resolve;
    });
    const requests: Request[] = [];
    const handler: Handler = async request => {
      requests.push(request);
      await promise;
      return new Response('done');
    };
    const ended = (): number => requests.filter(({ signal }) => signal.aborted).length;
    return { handler, release, requests, ended };
  };

  it('limits concurrent requests, and tells others when to retry', async () => {
    const { handler, release } = waiting();
    const url = `http://127.0.0.1:${await listen(handler, { atOnce: 2 })}/`;
    const all = [1, 2, 3].map(() => fetch(url));
    const refused = await Promise.race(all);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    release();
    expect((await Promise.all(all)).map(({ status }) => status).sort()).toEqual([200, 200, 503]);
    expect((await fetch(url)).status).toBe(200);
  });

  it('counts the requests of clients that have gone until the handler is done, and tells it', async () => {
    const { handler, release, requests, ended } = waiting();
    const url = `http://127.0.0.1:${await listen(handler, { atOnce: 2 })}/`;
    const client = new AbortController();
    const left = [1, 2].map(() => fetch(url, { signal: client.signal }).catch(({ name }) => name));
    await expect.poll(() => requests.length).toBe(2);
    expect(ended()).toBe(0);
    client.abort();
    expect(await Promise.all(left)).toEqual(['AbortError', 'AbortError']);
    await expect.poll(ended).toBe(2);
    expect((await fetch(url)).status).toBe(503);
    release();
    await expect.poll(async () => (await fetch(url)).status).toBe(200);
    expect([requests.length, ended()]).toEqual([3, 2]);
  });

  it('does not report what was given up because the client has gone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lowrank-listener-'));
    await writeFile(join(folder, 'photo.lrk'), 'bytes');
    const read = folderReader(folder);
    const errors: unknown[] = [];
    const outcomes: unknown[] = [];
    let begun = 0;
    const handler = createHandler(async (path, request) => {
      begun++;
      await once(request.signal, 'abort');
      if (path === '/other.lrk') throw new Error('other');
      return read(path, request).catch(error => {
        outcomes.push(error.name);
        throw error;
      });
    });
    const port = await listen(handler, { onError: error => errors.push(error) });
    const clients = ['photo', 'other'].map(name =>
      connect(port, '127.0.0.1', function (this: Socket) {
        this.write(`GET /${name}.lrk HTTP/1.1\r\nHost: a\r\n\r\n`);
      }),
    );
    await expect.poll(() => begun).toBe(2);
    for (const client of clients) client.destroy();
    await expect.poll(() => errors).toEqual([new Error('other')]);
    await expect.poll(() => outcomes).toEqual(['AbortError']);
    await rm(folder, { recursive: true });
  });

  it('takes whole addresses in place of paths, as proxies send them', async () => {
    const port = await listen(async ({ url }) => new Response(new URL(url).pathname));
    const ask = async (target: string): Promise<string> => {
      const client = connect(port, '127.0.0.1');
      client.end(`GET ${target} HTTP/1.0\r\n\r\n`);
      const text = Buffer.concat(await client.toArray()).toString();
      return text.slice(text.indexOf('\r\n\r\n') + 4);
    };
    expect(await ask('http://pictures.test/a.lrk?width=5')).toBe('/a.lrk');
    expect(await ask('HTTPS://pictures.test:81/a.lrk')).toBe('/a.lrk');
    expect(await ask('//pictures.test/a.lrk')).toBe('//pictures.test/a.lrk');
    expect(await ask('http://:x/a.lrk')).toBe('/');
  });

  it('keeps several cookies apart', async () => {
    const headers = new Headers({ Vary: 'Origin' });
    for (const cookie of ['a=1', 'b=2']) headers.append('Set-Cookie', cookie);
    const answer = await fetch(
      `http://127.0.0.1:${await listen(async () => new Response('', { headers }))}/`,
    );
    expect([answer.headers.getSetCookie(), answer.headers.get('vary')]).toEqual([['a=1', 'b=2'], 'Origin']);
  });
});
