import { type Failure, failure } from './failure.js';

/** Bytes of a file that have been fetched, kept so that nothing is fetched twice. */
export interface Fetched {
  chunks: Uint8Array[];
  bytes: number;
  /** Is that the whole file? */
  done?: boolean;
  /** The version of the file that they belong to. */
  tag?: string | null;
  /** Total bytes announced by the server, if known. */
  announced?: number;
}

/** The bytes of a `data:` URL: no fetch, which a page's CSP may forbid. */
function dataOf(url: string): Uint8Array {
  const [, base64, text] = /^data:[^,]*?(;base64)?,(.*)$/s.exec(url) ?? ['', '', ''];
  const plain = decodeURIComponent(text!);
  return Uint8Array.from(base64 ? atob(plain) : plain, c => c.charCodeAt(0));
}

/**
 * The chunks of a file from `fetched.bytes` on, which it also adds to `fetched`. Leaving the loop ends the download. If the server does not
 * support ranges, or has another version by now, `restart` is called and `fetched` begins anew. Throws HTTP, NETWORK.
 */
export async function* fetchBytes(
  url: string,
  init: RequestInit,
  fetched: Fetched,
  restart: () => void,
): AsyncGenerator<Uint8Array, void> {
  const add = (chunk: Uint8Array): Uint8Array => {
    fetched.chunks.push(chunk);
    fetched.bytes += chunk.length;
    return chunk;
  };
  const from = fetched.bytes;
  // If only the reader is cancelled, Firefox keeps the connection.
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  if (init.signal?.aborted) abort();
  init.signal?.addEventListener('abort', abort);
  init = { ...init, signal: stop.signal };
  try {
    if (url.startsWith('data:')) yield add(dataOf(url));
    else {
      let response = await fetch(url, from ? { ...init, headers: { range: `bytes=${from}-` } } : init);
      if (from && !(response.status === 206 && tagOf(response) === fetched.tag)) {
        restart();
        Object.assign(fetched, { chunks: [], bytes: 0 });
        if (response.status !== 200) response = await fetch(url, init);
      }
      const { ok, status, headers, body, type } = response;
      if (!ok) throw failure('HTTP', `HTTP: status ${status}`, { status });
      fetched.tag = tagOf(response);
      // For other origins it may be the length of a compressed transfer.
      if (!fetched.bytes && type === 'basic' && !headers.has('content-encoding'))
        fetched.announced = Number(headers.get('content-length'));
      const reader = body!.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield add(next.value);
    }
    fetched.done = true;
  } catch (error) {
    throw (error as Failure).status ? error : failure('NETWORK', `NETWORK: ${(error as Error).message}`);
  } finally {
    abort();
  }
}

const tagOf = ({ headers }: Response): string | null => headers.get('etag') ?? headers.get('last-modified');
