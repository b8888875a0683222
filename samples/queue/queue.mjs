import { createHash } from 'node:crypto';

/** The queue's name in Redis; QUEUE names another. */
export const NAME = process.env.QUEUE ?? 'lowrank';

/** Where Redis is. */
export const connection = { url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379' };

/**
 * What a file is called that is made from these bytes with these options: two that would be alike have one name.
 *
 * @param {Uint8Array} bytes of a picture's file
 * @param {object} options of `encode`
 * @param {string} version of the package
 */
export function keyOf(bytes, options, version) {
  const settings = JSON.stringify([version, Object.entries(options).sort()]);
  return createHash('sha256').update(settings).update(bytes).digest('hex').slice(0, 32);
}
