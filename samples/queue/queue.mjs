import { createHash } from 'node:crypto';

/** The queue's name in Redis, or that in QUEUE. */
export const NAME = process.env.QUEUE ?? 'lowrank';

/** The address of Redis. */
export const connection = { url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379' };

/**
 * The name of the file made from these bytes with these options: equal results get equal names.
 *
 * @param {Uint8Array} bytes of a picture's file
 * @param {object} options of `encode`
 * @param {string} version of the package
 */
export function keyOf(bytes, options, version) {
  const settings = JSON.stringify([version, Object.entries(options).sort()]);
  return createHash('sha256').update(settings).update(bytes).digest('hex').slice(0, 32);
}
