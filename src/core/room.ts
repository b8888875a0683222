/** Memory for large arrays that threads may share: so many bytes of zeros. */
export let roomFor: (bytes: number) => ArrayBufferLike = bytes => new ArrayBuffer(bytes);

const alone = roomFor;

/** From now on memory comes from elsewhere. Without an argument, it is memory of one thread alone. */
export function useRoom(other = alone): void {
  roomFor = other;
}
