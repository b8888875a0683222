import { CodecError } from '../core/errors.js';
import { kindOf } from '../core/kind-of.js';
import { cutTo } from './cut-to.js';
import { entityTag, isAmong, isKnown } from './entity-tag.js';
import { rangeOf } from './range-of.js';
import { readQuery } from './read-query.js';

/**
 * Gives the bytes of a file, or undefined if there is none. `path` is the decoded path of the request's URL: it begins with '/', ends in
 * '.lrk' and contains no '..'.
 */
export type Read = (
  path: string,
  request: Request,
) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

/** Options of `createHandler`. */
export interface HandlerOptions {
  /** Default 'public, max-age=3600'. */
  cacheControl?: string;
  /**
   * Further headers of every answer, such as `Access-Control-Allow-Origin`: without it, pages of other origins are not told why they get
   * no picture.
   */
  headers?: Record<string, string>;
}

/** Answers a request. Only throws what `read` throws, and OPTION if that gives anything but a Uint8Array. */
export type Handler = (request: Request) => Promise<Response>;

/**
 * A fetch handler for Node, workers and service workers that answers `photo.lrk?width=640` with the part of `photo.lrk` that a picture so wide on the screen is made of: a whole file with
 * checks of its own, cut from the bytes without decoding them. It may be wider than asked, never narrower while the file is not. In the query:
 *
 * - `width`, `height`: pixels of the screen, 1 to 65,535;
 * - `scale`: 1, 2, 4 or 8 in their place, for 1 / scale of the picture's width and height.
 *
 * Without them it answers with the file. Placeholders and sequences, which have no sizes, and files whose sizes need all of them come whole. GET and HEAD, ETag, If-Match, If-None-Match and ranges of
 * bytes work as HTTP has them. A path that does not end in '.lrk' is 404, a query that makes no sense 400, a file that is damaged 500.
 */
export function createHandler(read: Read, options: HandlerOptions = {}): Handler {
  const { cacheControl = 'public, max-age=3600', headers: others = {} } = options;
  const refuse: Refuse = (status, further, text) => refusal(status, { ...others, ...further }, text);
  return async request => {
    const { method, headers: asked } = request;
    if (method !== 'GET' && method !== 'HEAD') return refuse(405, { Allow: 'GET, HEAD' });
    const { pathname, searchParams } = new URL(request.url);
    const path = decodePath(pathname);
    const query = readQuery(searchParams);
    if (path === undefined) return refuse(404);
    if (typeof query === 'string') return refuse(400, {}, query);
    const file = await read(path, request);
    if (!file) return refuse(404);
    if (kindOf(file) !== 'Uint8Array')
      throw new CodecError('OPTION', { field: 'read', got: kindOf(file), expected: 'Uint8Array' });
    let bytes: Uint8Array;
    try {
      bytes = cutTo(file, query);
    } catch (error) {
      if (error instanceof CodecError) return refuse(500, {}, `damaged: ${error.field}`);
      throw error;
    }
    const tag = await entityTag(bytes);
    const headers: Record<string, string> = {
      ...others,
      'Cache-Control': cacheControl,
      ETag: tag,
      'Accept-Ranges': 'bytes',
    };
    const match = asked.get('if-match');
    if (match !== null && !isAmong(match, tag)) return refuse(412);
    if (isKnown(asked.get('if-none-match'), tag)) return new Response(null, { status: 304, headers });
    headers['Content-Type'] = 'image/lrk';
    headers['X-Content-Type-Options'] = 'nosniff';
    // A range of another version is useless to a client that asks for the rest of one. Only GET has ranges: RFC 9110, 14.2.
    const ifRange = asked.get('if-range');
    const isAsked = method === 'GET' && (ifRange === null || ifRange === tag);
    const range = rangeOf(isAsked ? asked.get('range') : null, bytes.length);
    if (range === 'beyond')
      return refuse(416, { 'Content-Range': `bytes */${bytes.length}`, 'Accept-Ranges': 'bytes' });
    if (range) {
      headers['Content-Range'] = `bytes ${range.from}-${range.to - 1}/${bytes.length}`;
      bytes = bytes.subarray(range.from, range.to);
    }
    headers['Content-Length'] = `${bytes.length}`;
    const body = method === 'HEAD' ? null : (bytes as Uint8Array<ArrayBuffer>);
    return new Response(body, { status: range ? 206 : 200, headers });
  };
}

/** The unescaped path of a URL; undefined unless it may be the path of a file to serve. */
function decodePath(pathname: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  const isSafe = !path.includes('\0') && !path.split(/[/\\]/).includes('..');
  return isSafe && path.endsWith('.lrk') ? path : undefined;
}

/** Makes an answer without a picture. */
type Refuse = (status: number, headers?: Record<string, string>, text?: string) => Response;

const refusal: Refuse = (status, headers = {}, text = '') =>
  new Response(text, {
    status,
    headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
  });
