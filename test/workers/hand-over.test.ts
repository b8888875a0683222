import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { handOver } from '../../src/workers/hand-over.js';

/** What arrives when bytes are handed over. */
async function arrived(bytes: Uint8Array): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  const message = once(port2, 'message');
  handOver(port1, { bytes }, bytes);
  const [{ bytes: got }] = await message;
  port1.close();
  return got;
}

test('Bytes with memory of their own are handed over without a copy', async () => {
  const bytes = Uint8Array.of(1, 2, 3);
  expect(await arrived(bytes)).toEqual(Uint8Array.of(1, 2, 3));
  expect(bytes.byteLength).toBe(0);
});

test('Bytes whose memory cannot leave the thread are copied, as those of native libraries from Node 22 on', async () => {
  const { buffer } = new WebAssembly.Memory({ initial: 1 });
  const whole = new Uint8Array(buffer);
  whole.set([4, 5, 6]);
  expect(await arrived(whole)).toEqual(whole);
  expect(whole.byteLength).toBe(65_536);
});

test('Bytes that share their memory with others are copied', async () => {
  const pool = Uint8Array.of(7, 8, 9);
  expect(await arrived(pool.subarray(1, 2))).toEqual(Uint8Array.of(8));
  expect(pool).toEqual(Uint8Array.of(7, 8, 9));
  const shared = new Uint8Array(new SharedArrayBuffer(2)).fill(1);
  expect(await arrived(shared)).toEqual(Uint8Array.of(1, 1));
});
