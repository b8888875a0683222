/** Allocates this many bytes of zeros for large arrays; threads may share the memory. */
export let roomFor: (bytes: number) => ArrayBufferLike = bytes => new ArrayBuffer(bytes);

const alone = roomFor;

/** Sets where memory comes from; without an argument, from this thread alone. */
export function useRoom(other = alone): void {
  roomFor = other;
}

/** The same numbers where other threads can see them: a copy, unless they are there already. */
export function inRoom<T extends Float32Array | Int32Array | Uint8Array | Uint8ClampedArray | Uint16Array>(
  of: T,
): T {
  if (roomFor === alone || of.buffer instanceof SharedArrayBuffer) return of;
  const copy = new (of.constructor as { new (buffer: ArrayBufferLike): T })(roomFor(of.byteLength));
  copy.set(of);
  return copy;
}
