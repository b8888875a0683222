/** A CRC of bytes[from .. to), continuing from `before`, the CRC of the bytes before them; 0 for none. */
export type Crc = (bytes: Uint8Array, from?: number, to?: number, before?: number) => number;

/**
 * The CRC of a reflected polynomial, with initial and final complement; `ones` has as many bits as the polynomial. After W. W. Peterson, D.
 * T. Brown, "Cyclic codes for error detection", 1961.
 */
export function crcOf(polynomial: number, ones: number): Crc {
  const table = Int32Array.from({ length: 256 }, (_, byte) => {
    for (let k = 0; k < 8; k++) byte = (byte >>> 1) ^ (byte & 1 ? polynomial : 0);
    return byte;
  });
  return (bytes, from = 0, to = bytes.length, before = 0) => {
    let crc = before ^ ones;
    for (let i = from; i < to; i++) crc = (crc >>> 8) ^ table[(crc ^ bytes[i]!) & 255]!;
    return (crc ^ ones) >>> 0;
  };
}
