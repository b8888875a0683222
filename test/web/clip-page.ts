import { createHash } from 'node:crypto';
import { decodeBackground, decodeSequence, type SequenceOptions } from 'lowrank/sequence';
import type { Driver } from '../browsers/driver.js';

/**
 * Stores the events of clips in `log`, with a hash of the pixels of each frame at the moment of its event, and counts messages to workers;
 * must precede the element.
 */
const CLIP_LOG = `globalThis.asked = 0;
const post = globalThis.Worker?.prototype.postMessage;
if (post) Worker.prototype.postMessage = function (...of) { asked++; return post.apply(this, of); };
globalThis.pixels = [];
globalThis.clipLog = [];
for (const type of ['play', 'pause', 'ended', 'frame', 'load', 'progress', 'error'])
  document.addEventListener(type, ({ target, detail }) => {
    if (target.localName !== 'lowrank-img') return;
    const entry = { type, ...detail, message: detail?.message };
    clipLog.push(entry);
    if (type !== 'frame') return;
    const canvas = target.shadowRoot.querySelector('canvas');
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    pixels.push(crypto.subtle.digest('SHA-256', data).then(hash => {
      entry.hash = [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, '0')).join('');
    }));
  }, true);`;

export const CLIP_LOG_FILE = ['/clip-log.js', CLIP_LOG] as const;

/** An event of an element: its type and detail. */
export interface Said {
  type: string;
  frame?: number;
  loop?: number;
  time?: number;
  hash?: string;
  code?: string;
  field?: string;
  layer?: number;
}

/** All events so far, with the hashes of frames. */
export const said = (driver: Driver): Promise<Said[]> =>
  driver.evaluate<[], Said[]>('Promise.all(pixels).then(() => clipLog)' as never);

/** The SHA-256 of the RGBA samples of each frame as Node decodes it, and of the background. */
export const frameHashes = (bytes: Uint8Array, options?: SequenceOptions): string[] =>
  [...decodeSequence(bytes, options)].map(({ data }) => sha256(data));
export const backgroundHash = (bytes: Uint8Array): string => sha256(decodeBackground(bytes).data);

const sha256 = (data: ArrayLike<number>): string =>
  createHash('sha256').update(Uint8Array.from(data)).digest('hex');
