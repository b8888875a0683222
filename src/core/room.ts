/** Memory for large arrays that threads may share: so many bytes of zeros. */
export let roomFor: (bytes: number) => ArrayBufferLike = bytes => new ArrayBuffer(bytes);

const alone = roomFor;

/** From now on memory comes from elsewhere. Without an argument, it is memory of one thread alone. */
export function useRoom(other = alone): void {
  roomFor = other;
}

/** The same numbers where threads that may want them can see them: a copy, unless they are there already. */
export function inRoom<T extends Float32Array | Int32Array | Uint8Array | Uint8ClampedArray | Uint16Array>(
  of: T,
): T {
  if (roomFor === alone || of.buffer instanceof SharedArrayBuffer) return of;
  const copy = new (of.constructor as { new (buffer: ArrayBufferLike): T })(roomFor(of.byteLength));
  copy.set(of);
  return copy;
}
