/** The CRC of each of the 256 bytes. */
const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  for (let k = 0; k < 8; k++) byte = (byte >>> 1) ^ (byte & 1 ? 0xedb88320 : 0);
  return byte;
});

/** CRC-32 (ISO-HDLC: reflected polynomial EDB88320, initial and final complement) of bytes[from .. to). */
export function crc32(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let crc = ~0;
  for (let i = from; i < to; i++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[i]!) & 255]!;
  return ~crc >>> 0;
}
