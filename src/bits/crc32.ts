import { crcOf } from './crc.js';

/** CRC-32 (ISO-HDLC, that of PNG and zlib): polynomial EDB88320, reflected. */
export const crc32 = crcOf(0xedb88320, ~0);
