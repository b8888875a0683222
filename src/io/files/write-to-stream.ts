import { asWriteError } from './write-error.js';

/**
 * Writes to a stream and waits until it has taken the chunk. Throws IoError WRITE for '-' (a closed pipe, a full disk); the cause keeps the
 * system's code (EPIPE).
 */
export function writeToStream(stream: NodeJS.WritableStream, chunk: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(asWriteError('-', error));
    // The error comes by callback and as an event; without a listener the event would end the process.
    stream.once('error', fail);
    stream.write(chunk, error => {
      if (error) return fail(error);
      stream.removeListener('error', fail);
      resolve();
    });
  });
}
