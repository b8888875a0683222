import type { IncomingMessage, ServerResponse } from 'node:http';

export interface ListenerOptions {
  /** Called with what the handler throws, unless that is an AbortError because the client has gone. Default: writes it to the console. */
  onError?: (error: unknown) => void;
  /**
   * Requests at a time, each from its arrival until its answer is sent; if the client goes away before, until the handler is done. Default
   * 256; further ones are answered by 503.
   */
  atOnce?: number;
}

/** Methods that fetch handlers do not know. */
const UNKNOWN = new Set(['CONNECT', 'TRACE', 'TRACK']);

/**
 * Turns a fetch handler that needs no request bodies, such as that of `createHandler` in `lowrank/serve`, into a listener for Node's `http`
 * and `https`. The request's `signal` is aborted if the client goes away. If the handler throws, the answer is an empty 500, and `onError` is
 * called.
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
    const gone = new AbortController();
    const closed = new Promise<void>(done => {
      out.once('close', () => {
        if (!out.writableFinished) gone.abort();
        done();
      });
    });
    try {
      const answer = await handler(requestOf(message, gone.signal));
      // The only header that may not be joined into one.
      const cookies = answer.headers.getSetCookie();
      const headers = Object.fromEntries(answer.headers);
      out.writeHead(answer.status, cookies.length ? { ...headers, 'set-cookie': cookies } : headers);
      out.end(new Uint8Array(await answer.arrayBuffer()));
    } catch (error) {
      if (!(gone.signal.aborted && (error as Error)?.name === 'AbortError')) onError(error);
      if (!out.headersSent) out.writeHead(500);
      out.end();
    } finally {
      closed.then(() => under--);
    }
  };
}

/** Answers without the handler; the rest of the request is not read. */
function refuse(out: ServerResponse, status: number, headers: Record<string, string>): void {
  out.writeHead(status, { ...headers, Connection: 'close', 'Content-Length': '0' }).end();
}

/** Any host will do: handlers only look at paths. Proxies may send the whole address in place of the path: RFC 9112, 3.2.2. */
function requestOf({ url = '/', method, headers: named }: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(named))
    if (typeof value === 'string' && !name.startsWith(':')) headers.set(name, value);
  const address =
    /^https?:\/\//i.test(url) && URL.canParse(url)
      ? url
      : `http://localhost${url.startsWith('/') ? url : '/'}`;
  return new Request(address, { method, headers, signal });
}
