import { decode } from '../../decode/index.js';

/** A decoded picture in the form that a canvas takes. */
export interface Decoded {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
}

/** Decodes on another thread, one picture after the other; on this one if the browser gives pages from disk no workers. */
export type Decode = (file: Uint8Array, rank: number) => Promise<Decoded>;

/** Decodes to RGBA with 8 bits. */
function decodeHere(file: Uint8Array, rank: number): Decoded {
  const { width, height, data } = decode(file, { rank });
  const eight = data instanceof Uint16Array ? Uint8ClampedArray.from(data, sample => sample / 257) : data;
  return { width, height, data: eight as Uint8ClampedArray<ArrayBuffer> };
}

/** In the worker: answers `{ file, rank }` with the picture. */
export function serveDecoder(): void {
  addEventListener('message', ({ data: { id, file, rank } }: MessageEvent) => {
    const post = (answer: object, transfer: Transferable[] = []): void =>
      (globalThis as unknown as Worker).postMessage({ id, ...answer }, transfer);
    try {
      const picture = decodeHere(file, rank);
      post({ picture }, [picture.data.buffer]);
    } catch (error) {
      post({ error: String(error) });
    }
  });
}

/** `code` is the script that the worker runs: the page's own. */
export function createDecoder(code: string): Decode {
  const waiting = new Map<
    number,
    { resolve: (picture: Decoded) => void; reject: (error: Error) => void; again: () => Decoded }
  >();
  let worker: Worker | undefined;
  let last = 0;
  const giveUp = (): void => {
    worker = undefined;
    for (const { resolve, reject, again } of waiting.values())
      try {
        resolve(again());
      } catch (error) {
        reject(error as Error);
      }
    waiting.clear();
  };
  try {
    worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
    worker.addEventListener('error', giveUp);
    worker.addEventListener('message', ({ data: { id, picture, error } }: MessageEvent) => {
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) asked?.resolve(picture);
      else asked?.reject(new Error(error));
    });
  } catch {
    // without a worker: below
  }
  return (file, rank) =>
    new Promise((resolve, reject) => {
      if (!worker) return resolve(decodeHere(file, rank));
      const id = ++last;
      waiting.set(id, { resolve, reject, again: () => decodeHere(file, rank) });
      worker.postMessage({ id, file, rank });
    });
}
