/** Bytes a second at which pictures arrive; undefined for no limit. */
let rate: number | undefined;

/** How often bytes are passed on, a second. */
const TICKS = 20;

const fetchAtOnce = globalThis.fetch;

globalThis.fetch = async (...request) => {
  const response = await fetchAtOnce(...request);
  const { body, status, headers } = response;
  if (!rate || !body || !/\.lrk$/.test(new URL(response.url).pathname)) return response;
  const size = Math.max(1, Math.round(rate / TICKS));
  const slow = new TransformStream<Uint8Array, Uint8Array>({
    async transform(chunk, controller) {
      for (let at = 0; at < chunk.length; at += size) {
        await new Promise(resolve => setTimeout(resolve, 1000 / TICKS));
        controller.enqueue(chunk.subarray(at, at + size));
      }
    },
  });
  return new Response(body.pipeThrough(slow), { status, headers });
};

/**
 * Limits the pictures of this page to this many bytes a second from now on; 0 for no limit. The page itself waits, so this works offline
 * too.
 */
export function throttle(bytes: number): void {
  rate = bytes || undefined;
}
