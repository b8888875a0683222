import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { basename, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { oneLine } from '../io/errors.js';
import { readBytes } from '../io/files/read-bytes.js';
import { isLrk, sniff } from '../io/formats/sniff.js';
import { type ImageInput, IoError, readImage } from '../io/index.js';

/** The page as `npm run build` makes it. */
const PAGE = fileURLToPath(new URL('../../dist/explorer', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
};

/** What an explorer starts with. */
export interface ExplorerOptions {
  /** Path or bytes of a picture that `readImage` reads. Default: none, the page shows a sample. */
  image?: string | Uint8Array;
  /** How to call it. Default: the end of its path. */
  name?: string;
  /** Default: one that is free. */
  port?: number;
  /** Most pixels of the picture; default as `readImage`. */
  maxPixels?: number;
}

/** A page that is being served. */
export interface Explorer {
  url: string;
  /** Reads the picture now, where the page has not asked for it yet. Throws what `readImage` throws; nothing is read twice. */
  read(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves the explorer page on loopback, to this machine and under that name only, and the samples of one picture with it. The page is there at once: the
 * picture is read when it is asked for. Throws what `readImage` throws of a file that is missing or no picture, and IoError where the page has not been
 * built or the port is taken.
 */
export async function serveExplorer(options: ExplorerOptions = {}): Promise<Explorer> {
  const { image, port = 0, maxPixels } = options;
  const files = await pageFiles();
  const picture = image === undefined ? undefined : await prepare(image, maxPixels);
  const server = createServer((request, response) => {
    const hosts = ['127.0.0.1', 'localhost'].map(host => `${host}:${address.port}`);
    // A page from elsewhere whose name has been made to lead here must not read the picture.
    if (!hosts.includes(request.headers.host ?? ''))
      return refuse(response, 403, 'Not the name of this server');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'GET and HEAD only');
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname === '/' ? '/index.html' : pathname;
    if (path === '/picture' && picture)
      return void picture().then(
        ({ raster }) => sendRaster(request, response, raster),
        error => refuse(response, 422, oneLine(error)),
      );
    const body = files.get(path);
    if (!body) return refuse(response, 404, 'Not here');
    send(request, response, body, { 'Content-Type': TYPES[extname(path)] ?? 'text/plain' });
  });
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

/** What reads a picture, once. Bytes that begin as no picture does are refused here and now. */
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

/** All files of the page, by the path that they are asked for: nothing else is ever read. */
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

/** Samples as they stand in memory, little endian, their shape in a header. */
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
  response.writeHead(200, {
    ...headers,
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain' });
  response.end(`${reason}\n`);
}
