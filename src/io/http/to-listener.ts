import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * A listener for Node's `http` and `https` of a fetch handler that needs no bodies of requests, such as that of `createHandler` of `lowrank/serve`. Where the handler throws, the answer is 500 without a
 * word, and `onError` is told; default: the console.
 */
export function toListener(
  handler: (request: Request) => Promise<Response>,
  { onError = console.error }: { onError?: (error: unknown) => void } = {},
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (message, out) => {
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

/** The host stands for any: handlers look at paths alone. */
function requestOf({ url = '/', method, headers: named }: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(named))
    if (typeof value === 'string' && !name.startsWith(':')) headers.set(name, value);
  return new Request(new URL(`http://localhost${url.startsWith('/') ? url : '/'}`), { method, headers });
}
