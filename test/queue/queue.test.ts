import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { encode } from 'lowrank';
import { encodeImage } from 'lowrank/node';
import { afterAll, expect, test } from 'vitest';
import { newPlace } from '../cli/harness.js';

const SAMPLE = join(import.meta.dirname, '../../samples/queue');
const PICTURES = 200;
const WORKERS = 3;
/** How many workers are killed, one after another, while the others work. */
const KILLS = 4;

const hasRedis = ((): boolean => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
if (!hasRedis && !process.env.CI) console.warn('samples/queue is not tested: redis-server is missing');

const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

test.skipIf(!hasRedis && !process.env.CI)(
  'Killed workers lose nothing: every picture is encoded once and whole',
  async () => {
    expect(hasRedis, 'redis-server is there').toBe(true);
    const place = await newPlace();
    const port = await freePort();
    const env = { ...process.env, REDIS_URL: `redis://127.0.0.1:${port}` };
    const start = (command: string, args: string[]): ChildProcess => {
      const child = spawn(command, args, { cwd: place.root, env, stdio: ['ignore', 'pipe', 'inherit'] });
      children.add(child);
      child.once('close', () => children.delete(child));
      return child;
    };
    start('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', place.root]);

    const rasters = Array.from({ length: PICTURES }, (_, n) => {
      const data = Uint8Array.from({ length: 8 * 8 }, (_, i) => n + (i % 8) * 3);
      return { width: 8, height: 8, channels: 1, bitDepth: 8, data } as const;
    });
    const paths: string[] = [];
    for (const [n, raster] of rasters.entries())
      paths.push(await place.put(`in/${n}.png`, (await encodeImage(raster)).bytes));
    const adding = start(process.execPath, [join(SAMPLE, 'add.mjs'), ...paths, '--quality', '50']);
    expect((await once(adding, 'close'))[0]).toBe(0);

    const made: string[] = [];
    const work = (): ChildProcess => {
      const child = start(process.execPath, [join(SAMPLE, 'work.mjs'), 'out']);
      let text = '';
      child.stdout!.on('data', chunk => {
        text += chunk;
        const lines = text.split('\n');
        text = lines.pop()!;
        made.push(...lines.map(line => line.replace('made ', '')));
      });
      return child;
    };
    const workers = Array.from({ length: WORKERS }, work);
    const outputs = async (): Promise<string[]> =>
      (await readdir(place.at('out')).catch(() => [])).filter(name => name.endsWith('.lrk'));
    const until = async (count: number): Promise<void> => {
      while ((await outputs()).length < count) {
        const died = workers.find(({ exitCode }) => exitCode !== null);
        if (died) throw new Error(`a worker ended by itself, with ${died.exitCode}`);
        await wait(20);
      }
    };
    for (let kill = 1; kill <= KILLS; kill++) {
      await until((kill * PICTURES) / (KILLS + 2));
      workers.shift()!.kill('SIGKILL');
      workers.push(work());
    }
    await until(PICTURES);
    const closed = workers.map(worker => once(worker, 'close'));
    for (const worker of workers) worker.kill('SIGTERM');
    expect((await Promise.all(closed)).map(([code]) => code)).toEqual(workers.map(() => 0));

    const names = await outputs();
    expect(names).toHaveLength(PICTURES);
    const files = await Promise.all(names.map(name => readFile(place.at('out', name), 'base64')));
    const expected = rasters.map(raster => Buffer.from(encode(raster, { quality: 50 })).toString('base64'));
    expect(files.sort()).toEqual(expected.sort());
    // A killed worker may not have reported its last picture; nobody reports one twice.
    expect(new Set(made).size).toBe(made.length);
    expect(made.length).toBeGreaterThanOrEqual(PICTURES - KILLS);

    // A picture that cannot be encoded fails at the first attempt, and again if it is added again.
    const empty = await place.put('in/empty.png', new Uint8Array(0));
    const last = spawn(process.execPath, [join(SAMPLE, 'work.mjs'), 'out'], { cwd: place.root, env });
    children.add(last);
    let failures = '';
    last.stderr.on('data', chunk => {
      failures += chunk;
    });
    for (const count of [1, 2]) {
      expect((await once(start(process.execPath, [join(SAMPLE, 'add.mjs'), empty]), 'close'))[0]).toBe(0);
      while (failures.split('\n').length <= count) await wait(20);
    }
    last.kill('SIGTERM');
    await once(last, 'close');
    expect(failures).toBe(`${empty}: EMPTY: file: got 0 bytes\n`.repeat(2));
  },
  600_000,
);
