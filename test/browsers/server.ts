import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MESSAGES_SCRIPT } from './messages.js';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.bmp': 'image/bmp',
  '.ico': 'image/x-icon',
  '.lrk': 'application/octet-stream',
};
const MESSAGES_PATH = '/lowrank-test-messages.js';

/** How a path is answered; by default as a well-behaved server does. */
export interface Behaviour {
  /** Default 200 (206 for a range). The body is sent with any status. */
  status?: number;
  /** Content-Type; by default from the extension of the path. */
  type?: string;
  /** More headers: CSP, CORS, cookies, caching. Cache-Control is no-store by default. */
  headers?: Record<string, string>;
  /** Milliseconds before the first byte. */
  delay?: number;
  /** Bytes a chunk, and milliseconds after each; by default one chunk. */
  chunk?: number;
  pause?: number;
  /** Awaited before each chunk, with the number of bytes of the body sent before it. */
  before?: (bytes: number) => Promise<unknown>;
  /** Bytes a second, in chunks of a twentieth of a second; instead of chunk and pause. */
  throttle?: number;
  /** Breaks the connection after this many bytes of the body. */
  cutAfter?: number;
  /** Leaves the connection open and silent at the end of the body, or at cutAfter instead of breaking it. */
  hang?: boolean;
  /** Answers requests for a range with 206; default true. */
  ranges?: boolean;
  /** The value of Content-Length; false omits it. */
  contentLength?: number | false;
}

/** One request and its outcome. */
export interface Request {
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingHttpHeaders;
  status: number;
  /** Bytes of the body passed to the network. */
  bytes: number;
  /** 'open' while the answer is being sent; 'cut' by the behaviour, 'aborted' by the browser. */
  end: 'open' | 'complete' | 'cut' | 'aborted';
}

type Body = string | Uint8Array;

/** A server on loopback for test pages. */
export interface TestServer {
  /** http://127.0.0.1:port, without a trailing slash. `localhost` with that port is another origin. */
  readonly origin: string;
  /** All requests so far, oldest first; `requests('/a.lrk')` those of a path, with any query. */
  requests(path?: string): Request[];
  /** Adds a file under a path, which overrides the folder, with its behaviour. */
  put(path: string, body: Body, behaviour?: Behaviour): void;
  /** Changes how a path is answered from now on; `{}` restores the default. */
  behave(path: string, behaviour: Behaviour): void;
  close(): Promise<void>;
}

/**
 * Serves a folder and the files that `put` adds. If the browser is WebKit, pages get one script more, from their own origin, which stores
 * their messages for the driver.
 *
 * @param folder absolute; nothing outside of it is served. Without a folder only added files are served.
 */
export async function serve(folder?: string): Promise<TestServer> {
  const files = new Map<string, Body>([[MESSAGES_PATH, MESSAGES_SCRIPT]]);
  const behaviours = new Map<string, Behaviour>();
  const log: Request[] = [];

  const find = async (path: string): Promise<Body | undefined> => {
    const name = path.endsWith('/') ? `${path}index.html` : path;
    const put = files.get(path) ?? files.get(name);
    if (put !== undefined || folder === undefined) return put;
    return readFile(join(folder, normalize(name))).catch(() => undefined);
  };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url!, 'http://x').pathname);
    const entry: Request = {
      method: request.method!,
      path: request.url!,
      headers: request.headers,
      status: 0,
      bytes: 0,
      end: 'open',
    };
    if (path !== MESSAGES_PATH) log.push(entry);
    response.on('close', () => {
      if (entry.end === 'open') entry.end = 'aborted';
    });
    const body = await find(path);
    await answer(request, response, path, body, behaviours.get(path) ?? {}, entry);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    origin: `http://127.0.0.1:${port}`,
    requests: path => log.filter(entry => path === undefined || entry.path.split('?')[0] === path),
    put(path, body, behaviour) {
      files.set(path, body);
      if (behaviour) behaviours.set(path, behaviour);
    },
    behave: (path, behaviour) => void behaviours.set(path, behaviour),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  found: Body | undefined,
  behaviour: Behaviour,
  entry: Request,
): Promise<void> {
  const type = behaviour.type ?? (path.endsWith('/') ? TYPES['.html']! : TYPES[extname(path)]);
  let body: Buffer = Buffer.from(found ?? (behaviour.status ? '' : `There is no ${path}`));
  if (type === TYPES['.html'] && isWebkit(request)) body = withMessages(body);
  const isRanged = behaviour.ranges !== false && behaviour.status === undefined && found !== undefined;
  const range = isRanged ? rangeOf(request.headers.range, body.length) : undefined;
  entry.status = behaviour.status ?? (found === undefined ? 404 : range ? 206 : 200);
  const headers: Record<string, string | number> = { 'Cache-Control': 'no-store' };
  if (type) headers['Content-Type'] = type;
  if (isRanged) headers['Accept-Ranges'] = 'bytes';
  if (range) {
    headers['Content-Range'] = `bytes ${range.start}-${range.end - 1}/${body.length}`;
    body = body.subarray(range.start, range.end);
  }
  if (behaviour.contentLength !== false) headers['Content-Length'] = behaviour.contentLength ?? body.length;
  if (behaviour.delay) await wait(behaviour.delay);
  response.writeHead(entry.status, { ...headers, ...behaviour.headers });
  response.flushHeaders();
  if (request.method === 'HEAD') {
    entry.end = 'complete';
    response.end();
    return;
  }
  await send(response, body.subarray(0, behaviour.cutAfter), behaviour, entry);
  if (behaviour.hang || entry.end === 'aborted') return;
  if (
    body.length > (behaviour.cutAfter ?? body.length) ||
    Number(headers['Content-Length'] ?? 0) > body.length
  ) {
    entry.end = 'cut';
    response.destroy();
  } else {
    entry.end = 'complete';
    response.end();
  }
}

/** Sends a body in chunks, each when the network has accepted the one before. */
async function send(
  response: ServerResponse,
  body: Buffer,
  { chunk = body.length, pause = 0, throttle, before }: Behaviour,
  entry: Request,
): Promise<void> {
  const size = throttle ? Math.max(1, Math.round(throttle / 20)) : chunk;
  const closed = new Promise<false>(resolve => response.once('close', () => resolve(false)));
  for (let at = 0; at < body.length; at += size) {
    await before?.(at);
    const part = body.subarray(at, at + size);
    const written = new Promise<boolean>(resolve => response.write(part, error => resolve(!error)));
    if (response.destroyed || !(await Promise.race([written, closed]))) return;
    entry.bytes += part.length;
    if (at + size < body.length && (throttle || pause)) await wait(throttle ? 50 : pause);
  }
}

const isWebkit = ({ headers }: IncomingMessage): boolean =>
  /AppleWebKit/.test(headers['user-agent'] ?? '') && !/Chrome/.test(headers['user-agent'] ?? '');

/** A page with the script that stores its messages before all others. */
function withMessages(page: Buffer): Buffer {
  const script = `<script src="${MESSAGES_PATH}"></script>`;
  return Buffer.from(page.toString().replace(/^\s*(<!doctype[^>]*>)?/i, start => start + script));
}

/** The first requested range, if it can be satisfied. */
function rangeOf(header: string | undefined, length: number): { start: number; end: number } | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (!first && !last) return undefined;
  const start = first ? Number(first) : Math.max(0, length - Number(last));
  const end = first && last ? Math.min(length, Number(last) + 1) : length;
  return start < end ? { start, end } : undefined;
}
