import { crcOf } from './crc.js';

/** CRC-16 (IBM-SDLC, that of X.25): polynomial 8408, reflected. It finds every change of up to 16 bits in a row. */
export const crc16 = crcOf(0x8408, 0xffff);
