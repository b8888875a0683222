/** FNV-1a, 32 bits, of bytes[0 .. end): any change of one byte changes it. After G. Fowler, L. C. Noll, K.-P. Vo. */
export function checksum(bytes: Uint8Array, end = bytes.length): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0;
}
