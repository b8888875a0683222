/** CRC-32 (ISO-HDLC: reflected polynomial EDB88320, initial and final complement) of bytes[from .. to). */
export function crc32(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let crc = ~0;
  for (let i = from; i < to; i++) {
    crc ^= bytes[i]!;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
