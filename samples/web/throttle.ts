/** Bytes a second at which pictures come; undefined for as fast as they can. */
let rate: number | undefined;

/** So often a second bytes are handed on. */
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

/** Lets pictures of this page come at so many bytes a second, from now on; 0 for as fast as they can. It is the page that waits, so this works offline too. */
export function throttle(bytes: number): void {
  rate = bytes || undefined;
}
