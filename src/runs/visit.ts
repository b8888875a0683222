import { LONGEST, type Runs } from './runs.js';

/** The map of runs, and what it looks at; everything by position, with a margin around the grid. */
export interface RunField {
  /** Blocks across and down. */
  cols: number;
  rows: number;
  /** Parts have 2^side blocks a side, and there are this many in a row. */
  side: number;
  across: number;
  /** Positions from one row of blocks to the next, within a part. */
  stride: number;
  /** The position of each block, in raster order. */
  positions: Int32Array;
  /** 1 where a block's row goes on. */
  alive: Uint8Array;
  /** Begins with plane 0, in half steps. */
  values: Int32Array;
  runs: Runs;
}

/**
 * Contexts of the map: by role, length, how much plane 0 changes along the run, the run beside, and the run before or that of another
 * channel.
 */
export const RUN_CONTEXTS = 3 * LONGEST * 6 * 3 * 3;

/**
 * For the 2^l blocks from position i on, `hop` apart: whether one of them is alive, and level 0 to 5 of how much plane 0 changes between
 * them.
 */
export function surveyed(
  { alive, values }: Pick<RunField, 'alive' | 'values'>,
  i: number,
  l: number,
  hop: number,
): { living: number; change: number } {
  let living = alive[i]!;
  let sum = 0;
  for (let n = 1; n < 1 << l; n++) {
    const before = values[i]!;
    i += hop;
    living |= alive[i]!;
    sum += Math.abs(values[i]! - before);
  }
  return { living, change: 32 - Math.clz32(Math.min(16, (1.5 * sum) / ((1 << l) - 1))) };
}

/** Compares another run, by its mark, with one of 2^l blocks: 2 at least as long, 1 shorter, 0 none. */
const compared = (mark: number, l: number): number => ((mark & 7) >= l ? 2 : mark ? 1 : 0);

/**
 * Context of "this is a run" for 2^l blocks from position i on, `hop` apart, in lines `across` apart. `other` are the marks of the channel
 * before, for channels with a role.
 */
export const runContext = (
  role: number,
  l: number,
  change: number,
  marks: Uint8Array,
  i: number,
  hop: number,
  across: number,
  other: Uint8Array | undefined,
): number =>
  (((role * LONGEST + l - 1) * 6 + change) * 3 + compared(marks[i - across]!, l)) * 3 +
  compared(other ? other[i]! : marks[i - hop]!, l);

/** Initial P(1) of a context of the map, in 1/256: runs are rare except beside others. */
export function runPrior(context: number): number {
  const beside = Math.floor(context / 3) % 3;
  const other = context % 3;
  return 1 + 8 * beside * beside + 16 * other * other;
}

/** Codes whether the 2^l blocks from position i on are a run. */
type Code = (context: number, direction: number, i: number, l: number) => boolean;

/**
 * Visits the map of a part of a channel of `role`, columns of blocks first. Each line is visited from its start, in runs of 2^LONGEST
 * blocks, which are halved down to two; those without alive blocks are skipped. `code` codes under a context whether the 2^l blocks at
 * position i are a run; if so it goes into the map, otherwise both halves are visited. Reader and writer share this. `before` is the map of
 * the channel before, for chroma.
 */
export function visitRuns(
  of: RunField,
  part: number,
  role: number,
  before: Runs | undefined,
  code: Code,
): void {
  const { cols, rows, side, across: parts, stride, positions, runs } = of;
  const left = (part % parts) << side;
  const top = Math.floor(part / parts) << side;
  const width = Math.min(cols - left, 1 << side);
  const height = Math.min(rows - top, 1 << side);
  const first = positions[top * cols + left]!;
  for (let direction = 0; direction < 2; direction++) {
    // Vertical runs column by column, horizontal ones row by row.
    const [lines, blocks, hop, across] = direction ? [height, width, 1, stride] : [width, height, stride, 1];
    const marks = runs[direction]!;
    /** Visits the 2^l blocks from position i on, of which `there` exist. */
    const visit = (i: number, l: number, there: number): void => {
      if (!l || there < 2) return;
      const length = 1 << l;
      if (length <= there) {
        const { living, change } = surveyed(of, i, l, hop);
        if (!living) return;
        const context = runContext(role, l, change, marks, i, hop, across, before?.[direction]);
        if (code(context, direction, i, l)) {
          for (let n = 0; n < length; n++) marks[i + n * hop] = n ? l + 8 : l;
          return;
        }
      }
      visit(i, l - 1, there);
      visit(i + (length >> 1) * hop, l - 1, there - (length >> 1));
    };
    for (let line = 0; line < lines; line++)
      for (let n = 0; n < blocks; n += 1 << LONGEST)
        visit(first + line * across + n * hop, LONGEST, blocks - n);
  }
}
