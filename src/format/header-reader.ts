import { crc16 } from '../bits/crc16.js';
import { RangeDecoder } from '../bits/range-decoder.js';
import { GOLOMB_CONTEXTS, readGolomb } from '../bits/read-golomb.js';
import { readTree } from '../bits/read-tree.js';
import { fail } from '../core/errors.js';
import { check } from './check.js';
import { CRITICAL, type Extension, TYPE_BITS } from './extension.js';
import { CHECK_BYTES, EXTENSIONS_ORDER, LENGTH_ORDER } from './header.js';
import { headerStates, TURN_CONTEXTS } from './header-contexts.js';
import { takeExtensions } from './take-extensions.js';

/** Reads the coded part of a header, of any kind of file. The mirror of HeaderWriter. All methods throw TRUNCATED if the bytes end. */
export interface HeaderReader {
  coder: RangeDecoder;
  /** A number in an Exp-Golomb code of this order, 0 to 11. */
  number(order: number): number;
  /** The channel of a turn that follows one of channel `before`. */
  turn(before: number): number;
  /**
   * Reads the extensions, checks the header and finds the extensions before the coded data, which begins at `start`. Throws CORRUPT,
   * VERSION.
   */
  end(): { extensions: Extension[]; start: number };
}

/** A reader that begins at byte `at`. */
export function headerReader(bytes: Uint8Array, at: number): HeaderReader {
  const coder = new RangeDecoder(bytes, at, bytes.length, 0, 'TRUNCATED');
  const states = headerStates();
  const number = (order: number): number => readGolomb(coder, states, order * GOLOMB_CONTEXTS, order);
  return {
    coder,
    number,
    turn: before => readTree(coder, states, TURN_CONTEXTS + 4 * before, 4),
    end() {
      const extensions: Extension[] = [];
      for (let count = number(EXTENSIONS_ORDER); count--; )
        extensions.push({ type: coder.bits(TYPE_BITS), length: number(LENGTH_ORDER), bytes });
      const { position } = coder;
      const from = position - CHECK_BYTES;
      check(bytes, from, position, crc16(bytes, 0, from), 'header check');
      for (const { type } of extensions)
        if (type >= CRITICAL) fail('VERSION', 'extension', type, `below ${CRITICAL}`);
      const start = takeExtensions(bytes, extensions, false, position);
      if (start > bytes.length) fail('TRUNCATED', 'header', bytes.length, start, bytes.length);
      return { extensions, start };
    },
  };
}
