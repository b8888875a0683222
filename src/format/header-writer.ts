import { crc16 } from '../bits/crc16.js';
import { RangeEncoder } from '../bits/range-encoder.js';
import { GOLOMB_CONTEXTS } from '../bits/read-golomb.js';
import { writeGolomb } from '../bits/write-golomb.js';
import { writeTree } from '../bits/write-tree.js';
import { bigEndian } from './big-endian.js';
import { type Extension, TYPE_BITS } from './extension.js';
import { CHECK_BYTES, EXTENSIONS_ORDER, LENGTH_ORDER } from './header.js';
import { headerStates, TURN_CONTEXTS } from './header-contexts.js';
import { joined } from './joined.js';

/** Writes the coded part of a header, of any kind of file. The mirror of HeaderReader. */
export interface HeaderWriter {
  coder: RangeEncoder;
  number(order: number, value: number): void;
  turn(before: number, channel: number): void;
  /**
   * Writes the extensions. Returns the whole header, which begins with `plain`, with its check and the extensions before the coded data.
   */
  end(plain: Uint8Array, extensions: readonly Extension[]): Uint8Array;
}

export function headerWriter(coder = new RangeEncoder()): HeaderWriter {
  const states = headerStates();
  const bit = (context: number, value: number): void => {
    coder.bit(value, states.probability(context));
    states.update(context, value);
  };
  const number = (order: number, value: number): void =>
    writeGolomb(bit, order * GOLOMB_CONTEXTS, order, value);
  return {
    coder,
    number,
    turn: (before, channel) => writeTree(bit, TURN_CONTEXTS + 4 * before, 4, channel),
    end(plain, extensions) {
      number(EXTENSIONS_ORDER, extensions.length);
      for (const { type, bytes } of extensions) {
        coder.bits(TYPE_BITS, type);
        number(LENGTH_ORDER, bytes.length);
      }
      const header = joined([plain, coder.close()]);
      const before = extensions.filter(({ type }) => type % 2 === 0).map(({ bytes }) => bytes);
      return joined([header, bigEndian(crc16(header), CHECK_BYTES), ...before]);
    },
  };
}
