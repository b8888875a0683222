import { decode, inspect } from '../decode/index.js';
import { backgroundFile } from '../sequence/background-file.js';
import { toPng } from './png.js';

/** The part of a service worker's scope that is used here. TypeScript's own library for it excludes that of pages. */
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
  /** Part of the cache's name. When it changes, everything cached before is deleted. Default '1'. */
  version?: string;
  /** Larger pictures, in pixels, are not decoded and do not show. Default 64 million: a service worker has little memory. */
  maxPixels?: number;
}

const CACHES = 'lowrank-';
/** A header of cached responses: the version of the file that they were made from. */
const TAG = 'x-lowrank-tag';

/**
 * Makes a service worker answer requests for images (`<img>`, `<picture>`, CSS) whose path ends in `.lrk` with a PNG of the same samples, of 8 or 16 bits, with
 * the ICC profile. Of a sequence it answers with the background. PNGs are cached: they are used as long as the file's ETag or date stays the same, and whenever there is
 * no network. A request that fails, and a file that is not an .lrk file, go through unchanged. Call this when the worker starts.
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

/** Deletes the caches of other versions, and takes over the pages that are open. */
async function start(scope: Scope, cache: string): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter(name => name.startsWith(CACHES) && name !== cache).map(name => caches.delete(name)),
  );
  await scope.clients.claim();
}

async function answer(request: Request, name: string, maxPixels: number): Promise<Response> {
  const cache = await caches.open(name);
  const cached = await cache.match(request.url);
  let response: Response;
  try {
    // Images of other origins are asked for in a way whose answer nobody may read: unless `crossorigin` says otherwise, as it were 'anonymous'.
    const credentials = request.mode === 'cors' ? request.credentials : 'same-origin';
    response = await fetch(request.url, { credentials, signal: request.signal });
  } catch (error) {
    if (cached) return cached;
    throw error;
  }
  const { headers } = response;
  const tag = headers.get('etag') ?? headers.get('last-modified') ?? '';
  if (!response.ok) return response;
  if (tag && cached?.headers.get(TAG) === tag) {
    await response.body?.cancel();
    return cached;
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  try {
    const picture = backgroundFile(bytes);
    const png = await toPng(decode(picture, { channels: 'file', maxPixels }), inspect(picture).metadata);
    const made = new Response(png, { headers: { 'content-type': 'image/png', [TAG]: tag } });
    // A full disk is no reason not to show it.
    await cache.put(request.url, made.clone()).catch(() => {});
    return made;
  } catch {
    return new Response(bytes, { headers });
  }
}
