import type { IncomingMessage, ServerResponse } from 'node:http';

export interface ListenerOptions {
  /** Called with what the handler throws. Default: writes it to the console. */
  onError?: (error: unknown) => void;
  /** Requests at a time, each from its arrival until its answer is sent. Default 256; further ones are answered by 503. */
  atOnce?: number;
}

/** Methods that fetch handlers do not know. */
const UNKNOWN = new Set(['CONNECT', 'TRACE', 'TRACK']);

/**
 * Turns a fetch handler that needs no request bodies, such as that of `createHandler` in `lowrank/serve`, into a listener for Node's `http`
 * and `https`. If the handler throws, the answer is an empty 500, and `onError` is called.
 */
export function toListener(
  handler: (request: Request) => Promise<Response>,
  { onError = console.error, atOnce = 256 }: ListenerOptions = {},
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let under = 0;
  return async (message, out) => {
    if (under >= atOnce) return refuse(out, 503, { 'Retry-After': '1' });
    if (UNKNOWN.has(message.method ?? '')) return refuse(out, 405, { Allow: 'GET, HEAD' });
    under++;
    out.once('close', () => under--);
    try {
      const answer = await handler(requestOf(message));
      out.writeHead(answer.status, Object.fromEntries(answer.headers));
      out.end(new Uint8Array(await answer.arrayBuffer()));
    } catch (error) {
      onError(error);
      if (!out.headersSent) out.writeHead(500);
      out.end();
    }
  };
}

/** Answers without the handler; the rest of the request is not read. */
function refuse(out: ServerResponse, status: number, headers: Record<string, string>): void {
  out.writeHead(status, { ...headers, Connection: 'close', 'Content-Length': '0' }).end();
}

/** Any host will do: handlers only look at paths. */
function requestOf({ url = '/', method, headers: named }: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(named))
    if (typeof value === 'string' && !name.startsWith(':')) headers.set(name, value);
  return new Request(new URL(`http://localhost${url.startsWith('/') ? url : '/'}`), { method, headers });
}
