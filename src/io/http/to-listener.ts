import type { IncomingMessage, ServerResponse } from 'node:http';

export interface ListenerOptions {
  /** Told of what the handler throws; default: the console. */
  onError?: (error: unknown) => void;
  /** Requests at a time, from when they come until their answers are sent; default 256. The answer to more is 503. */
  atOnce?: number;
}

/** Methods that fetch handlers know nothing of. */
const UNKNOWN = new Set(['CONNECT', 'TRACE', 'TRACK']);

/**
 * A listener for Node's `http` and `https` of a fetch handler that needs no bodies of requests, such as that of `createHandler` of `lowrank/serve`. Where the handler throws, the answer is 500 without a
 * word, and `onError` is told.
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

/** An answer without the handler; what else is in the request is not read. */
function refuse(out: ServerResponse, status: number, headers: Record<string, string>): void {
  out.writeHead(status, { ...headers, Connection: 'close', 'Content-Length': '0' }).end();
}

/** The host stands for any: handlers look at paths alone. */
function requestOf({ url = '/', method, headers: named }: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(named))
    if (typeof value === 'string' && !name.startsWith(':')) headers.set(name, value);
  return new Request(new URL(`http://localhost${url.startsWith('/') ? url : '/'}`), { method, headers });
}
