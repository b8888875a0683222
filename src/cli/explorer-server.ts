import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { basename, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { oneLine } from '../io/errors.js';
import { readBytes } from '../io/files/read-bytes.js';
import { isLrk, sniff } from '../io/formats/sniff.js';
import { type ImageInput, IoError, readImage } from '../io/index.js';

/** The page that `npm run build` makes. */
const PAGE = fileURLToPath(new URL('../../dist/explorer', import.meta.url));
/**
 * The policy for the page and for the scripts of its workers, which take it from their own responses. The page also contains it, for other
 * servers.
 */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' blob: data:; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** Connections at a time: a browser opens six. */
const CONNECTIONS = 64;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
};

/** Headers of every answer. */
const GUARDS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Options of the explorer's server. */
export interface ExplorerOptions {
  /** Path or bytes of a picture that `readImage` reads. Default: none; the page then shows a sample. */
  image?: string | Uint8Array;
  /** The picture's name. Default: the end of its path. */
  name?: string;
  /** Default: a free one. */
  port?: number;
  /** Most pixels of the picture. Default as in `readImage`. */
  maxPixels?: number;
}

/** A running server. */
export interface Explorer {
  url: string;
  /** Reads the picture now, unless the page has asked for it already. Throws what `readImage` throws. Nothing is read twice. */
  read(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves the explorer page, with the samples of one picture, on loopback: only to this machine and only under its loopback name. The page
 * is available at once; the picture is read when it is asked for. Throws what `readImage` throws for a file that is missing or no picture,
 * and IoError if the page has not been built or the port is taken.
 */
export async function serveExplorer(options: ExplorerOptions = {}): Promise<Explorer> {
  const { image, port = 0, maxPixels } = options;
  const files = await pageFiles();
  const picture = image === undefined ? undefined : await prepare(image, maxPixels);
  const server = createServer((request, response) => {
    const reason = strangerOf(request, address.port);
    if (reason) return refuse(response, 403, reason);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'GET and HEAD only');
    const [asked] = (request.url ?? '/').split('?');
    const path = asked === '/' ? '/index.html' : asked!;
    if (path === '/picture' && picture)
      return void picture().then(
        ({ raster }) => sendRaster(request, response, raster),
        error => refuse(response, 422, oneLine(error)),
      );
    const body = files.get(path);
    if (!body) return refuse(response, 404, 'Not here');
    send(request, response, body, { 'Content-Type': TYPES[extname(path)] ?? 'text/plain' });
  });
  server.maxConnections = CONNECTIONS;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    throw new IoError('UNREADABLE', {
      path: `port ${port}`,
      reason: cause.code === 'EADDRINUSE' ? 'is in use' : cause.message,
      cause,
    });
  });
  const address = server.address() as { port: number };
  const name = options.name ?? (typeof image === 'string' ? basename(image) : 'picture');
  const query = picture ? `?picture=${encodeURIComponent(name)}` : '';
  return {
    url: `http://127.0.0.1:${address.port}/${query}`,
    async read() {
      await picture?.();
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/**
 * Why a request is refused: a page from elsewhere must not read the picture, even if its own name resolves to this machine. Undefined for
 * requests from our page, and for whoever opens it.
 */
function strangerOf({ headers }: IncomingMessage, port: number): string | undefined {
  const hosts = ['127.0.0.1', 'localhost'].map(host => `${host}:${port}`);
  if (!hosts.includes(headers.host ?? '')) return 'Not the name of this server';
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = headers;
  const isOurs = origin === undefined || hosts.some(host => origin === `http://${host}`);
  // A link from elsewhere may lead here; requests that such a page makes itself are refused.
  const isOpened = site === undefined || site === 'same-origin' || site === 'none' || mode === 'navigate';
  return isOurs && isOpened ? undefined : 'Not a page of this server';
}

/** Returns the function that reads the picture, once. Bytes that do not begin like a picture are refused immediately. */
async function prepare(
  image: string | Uint8Array,
  maxPixels: number | undefined,
): Promise<() => Promise<ImageInput>> {
  const bytes = typeof image === 'string' ? await readBytes(image) : image;
  const options = { strip: true, maxPixels, ...(typeof image === 'string' && { name: image }) };
  let reading: Promise<ImageInput> | undefined;
  const read = (): Promise<ImageInput> => {
    reading ??= readImage(bytes, options);
    return reading;
  };
  if (!isLrk(bytes) && !sniff(bytes)) await read();
  return read;
}

/** All files of the page by request path: no other file is ever read. */
async function pageFiles(): Promise<Map<string, Buffer>> {
  const entries = await readdir(PAGE, { recursive: true, withFileTypes: true }).catch(cause => {
    throw new IoError('NOT_FOUND', {
      path: 'dist/explorer',
      reason: 'the page is not built: npm run build:explorer',
      cause,
    });
  });
  const files = new Map<string, Buffer>();
  for (const entry of entries.filter(entry => entry.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(PAGE, path).replaceAll('\\', '/')}`, await readFile(path));
  }
  return files;
}

/** Sends samples as they are in memory, little-endian, with their shape in a header. */
function sendRaster(
  request: IncomingMessage,
  response: ServerResponse,
  { data, ...shape }: Awaited<ReturnType<typeof readImage>>['raster'],
): void {
  const body = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  send(request, response, body, {
    'Content-Type': 'application/octet-stream',
    'Lowrank-Raster': JSON.stringify(shape),
  });
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  headers: Record<string, string>,
): void {
  response.writeHead(200, { ...headers, 'Content-Length': body.length, ...GUARDS });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  // The rest of the request is not read.
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close', ...GUARDS });
  response.end(`${reason}\n`);
}
