import type { MessagePort } from 'node:worker_threads';

/**
 * Posts a message that holds `bytes`. Their memory goes along, so that nothing is copied, unless it holds more than they do or may not
 * leave this thread: that of a pool of buffers, of WebAssembly or, from Node 22 on, of a native library.
 */
export function handOver(
  port: Pick<MessagePort, 'postMessage'>,
  message: unknown,
  { buffer, byteLength }: Uint8Array | Uint8ClampedArray | Uint16Array,
): void {
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength)
    try {
      port.postMessage(message, [buffer]);
      return;
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'DataCloneError')) throw error;
    }
  port.postMessage(message);
}
