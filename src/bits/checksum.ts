/** FNV-1a, 32 bits: any change of one byte changes it. After G. Fowler, L. C. Noll, K.-P. Vo. */
export function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
