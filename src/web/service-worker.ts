import { decode, inspect } from '../decode/index.js';
import { backgroundFile } from '../sequence/background-file.js';
import { toPng } from './png.js';

/** The parts of a service worker's scope that are used here. TypeScript's library for it excludes that of pages. */
interface Scope {
  addEventListener(type: string, listener: (event: ScopeEvent) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}

interface ScopeEvent {
  request: Request;
  waitUntil(work: Promise<unknown>): void;
  respondWith(response: Promise<Response>): void;
}

/** Options of `serveImages`. */
export interface ServeOptions {
  /** Part of the cache's name. When it changes, older caches are deleted. Default '1'. */
  version?: string;
  /** Pictures with more pixels are not decoded and do not show. Default 64 million: a service worker has little memory. */
  maxPixels?: number;
}

const CACHES = 'lowrank-';
/** A header of cached responses: the version of the file that they were made from. */
const TAG = 'x-lowrank-tag';

/**
 * Makes a service worker answer requests for images (`<img>`, `<picture>`, CSS) with a path that ends in `.lrk` by a PNG of the same
 * samples, 8 or 16 bits, with the ICC profile. For a sequence the answer is its background. PNGs are cached and used as long as the file's
 * ETag or date stays the same, and whenever there is no network. Failed requests, and files that are not .lrk files, are passed on
 * unchanged. Call this when the worker starts.
 */
export function serveImages({ version = '1', maxPixels = 64e6 }: ServeOptions = {}): void {
  const scope = globalThis as unknown as Scope;
  const cache = `${CACHES}${version}`;
  scope.addEventListener('install', event => event.waitUntil(scope.skipWaiting()));
  scope.addEventListener('activate', event => event.waitUntil(start(scope, cache)));
  scope.addEventListener('fetch', event => {
    const { request } = event;
    if (request.method === 'GET' && request.destination === 'image' && isLrk(request.url))
      event.respondWith(answer(request, cache, maxPixels));
  });
}

const isLrk = (url: string): boolean => new URL(url).pathname.endsWith('.lrk');

/** Deletes the caches of other versions, and takes over open pages. */
async function start(scope: Scope, cache: string): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter(name => name.startsWith(CACHES) && name !== cache).map(name => caches.delete(name)),
  );
  await scope.clients.claim();
}

async function answer(request: Request, name: string, maxPixels: number): Promise<Response> {
  // Storage may be forbidden or full: pictures are shown all the same.
  const cache = await caches.open(name).catch(() => undefined);
  const cached = await cache?.match(request.url);
  let tag: string;
  let headers: Headers;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    // Requests for images of other origins are such that nobody may read the answer, unless `crossorigin` is set: they are repeated as if
    // it were 'anonymous'.
    const credentials = request.mode === 'cors' ? request.credentials : 'same-origin';
    const { url, referrer, referrerPolicy, signal } = request;
    const response = await fetch(url, { credentials, referrer, referrerPolicy, signal });
    if (!response.ok) return response;
    ({ headers } = response);
    tag = headers.get('etag') ?? headers.get('last-modified') ?? '';
    if (tag && cached?.headers.get(TAG) === tag) {
      await response.body?.cancel();
      return cached;
    }
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (cached) return cached;
    throw error;
  }
  try {
    const picture = backgroundFile(bytes);
    const png = await toPng(decode(picture, { channels: 'file', maxPixels }), inspect(picture).metadata);
    const made = new Response(png, { headers: { 'content-type': 'image/png', [TAG]: tag } });
    await cache?.put(request.url, made.clone()).catch(() => {});
    return made;
  } catch {
    return new Response(bytes, { headers });
  }
}
