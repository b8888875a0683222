import type { Factor } from '../../planes/factor.js';
import { foldLine } from '../../runs/fold.js';
import { emptyRuns, LONGEST, type Runs } from '../../runs/runs.js';
import { RUN_CONTEXTS, runContext, surveyed } from '../../runs/visit.js';

/** Squared steps that a bit is worth in these estimates. */
const LAMBDA = 0.1;
/** A run is taken where it costs less than its blocks by themselves by this factor: much of what it promises the contexts would have found. */
const MARGIN = 1.25;
/** A block all of whose coefficients are below so many steps will not be alive. */
const ALIVE = 0.7;
/** Planes of a run that are looked at together: frequencies 1 and 2, and 3 to 7. */
const GROUPS = [1, 3, 8];
/** Times the map is chosen, each time at the prices of the last. */
const ROUNDS = 3;

/** The blocks of a picture as the choice sees them. */
interface Field {
  /** U of the channels that are to have the same runs, in steps: element k of block b at b * 64 + k. */
  us: readonly Float32Array[];
  cols: number;
  rows: number;
  stride: number;
  positions: Int32Array;
  /** Plane 0 of the first of them in half steps, and which blocks will be alive; by position. */
  values: Int32Array;
  alive: Uint8Array;
}

/**
 * The runs of channels that are to have the same, from U in steps: of each run, bottom up from single blocks, whether it has less squared error + lambda bits than its halves, by an
 * estimate of what an adaptive coder makes of them, the bits of the map counted in. `of` is a factor on their grid; `role` is that of the first channel, `before` the map of the channel before it.
 */
export function chooseRuns(
  us: readonly Float32Array[],
  { cols, rows, stride, positions, places }: Factor,
  role: number,
  before?: Runs,
): Runs {
  const runs = emptyRuns(places);
  const values = new Int32Array(places);
  const alive = new Uint8Array(places);
  for (let b = 0; b < positions.length; b++) {
    values[positions[b]!] = Math.round(2 * us[0]![b * 64]!);
    if (us.some(u => isAlive(u, b))) alive[positions[b]!] = 1;
  }
  const field: Field = { us, cols, rows, stride, positions, values, alive };
  const choices = [0, 1].map(direction => costsOf(field, direction));
  let counts = new Float64Array(2 * RUN_CONTEXTS);
  for (let round = 0; round < ROUNDS; round++) {
    const last = runs.map(marks => marks.slice());
    const next = new Float64Array(2 * RUN_CONTEXTS).fill(0.4);
    for (let direction = 0; direction < 2; direction++)
      chooseLines(field, choices[direction]!, direction, {
        role,
        last: last[direction]!,
        other: before?.[direction],
        marks: runs[direction]!.fill(0),
        counts: round ? counts : undefined,
        next,
      });
    counts = next;
  }
  return runs;
}

function isAlive(u: Float32Array, b: number): boolean {
  for (let at = b * 64 + 1; at < b * 64 + 64; at++) if (u[at]! >= ALIVE || u[at]! <= -ALIVE) return true;
  return false;
}

/** By length and first block what the planes of each run would cost, in squared steps; only where a block is alive. */
function costsOf({ us, cols, rows, alive, positions }: Field, direction: number): Float64Array[] {
  const hop = direction ? 1 : cols;
  const [lines, length] = direction ? [rows, cols] : [cols, rows];
  const x = new Float64Array(7 << LONGEST);
  return Array.from({ length: LONGEST + 1 }, (_, l) => {
    const n = 1 << l;
    const costs = new Float64Array(cols * rows);
    for (let line = 0; line < lines; line++)
      for (let begin = 0; begin + n <= length; begin += n) {
        const first = direction ? line * cols + begin : begin * cols + line;
        let living = false;
        for (let j = 0; j < n; j++) if (alive[positions[first + j * hop]!]) living = true;
        if (!living) continue;
        for (const u of us) {
          for (let j = 0, at = first * 64; j < n; j++, at += hop * 64)
            for (let f = 1; f < 8; f++) x[j * 7 + f - 1] = u[at + (direction ? 8 * f : f)]!;
          for (let k = 0; k < 7; k++) foldLine(x, k, 7, l);
          costs[first]! += costOf(x, n);
        }
      }
    return costs;
  });
}

const sums = new Float64Array(1 << LONGEST);

/** Squared error + lambda bits of n rows of seven coefficients in steps: each row's magnitudes are coded by their mean, which starts from that of all rows. */
function costOf(x: Float64Array, n: number): number {
  let error = 0;
  let bits = 0;
  for (let g = 1; g < GROUPS.length; g++) {
    const size = GROUPS[g]! - GROUPS[g - 1]!;
    let all = 0;
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let f = GROUPS[g - 1]!; f < GROUPS[g]!; f++) {
        const a = Math.abs(x[j * 7 + f - 1]!);
        const q = a < 0.6 ? 0 : Math.floor(a + 0.4);
        error += (a - q) ** 2;
        // The sign.
        if (q) bits++;
        sum += q;
      }
      sums[j] = sum;
      all += sum;
    }
    const prior = (2 * all) / (n * size) + 0.05;
    const silent = size * Math.log2(1 + prior / (size + 2));
    for (let j = 0; j < n; j++) {
      const sum = sums[j]!;
      const mean = (sum + prior) / (size + 2);
      bits += sum ? sum * Math.log2((1 + mean) / mean) + size * Math.log2(1 + mean) : silent;
    }
  }
  return error + LAMBDA * bits;
}

/** What one round knows and makes. */
interface Round {
  role: number;
  /** Marks of the last round, and of the channel before. */
  last: Uint8Array;
  other: Uint8Array | undefined;
  /** Marks of this one. */
  marks: Uint8Array;
  /** How often each context gave 0 and 1 in the last round, and in this one. */
  counts: Float64Array | undefined;
  next: Float64Array;
}

function chooseLines(
  field: Field,
  costs: Float64Array[],
  direction: number,
  { role, last, other, marks, counts, next }: Round,
): void {
  const { cols, rows, stride, positions } = field;
  const hop = direction ? 1 : stride;
  const across = direction ? stride : 1;
  const step = direction ? 1 : cols;
  const [lines, blocks] = direction ? [rows, cols] : [cols, rows];
  const price = (context: number, bit: number): number =>
    counts
      ? LAMBDA * Math.log2((counts[2 * context]! + counts[2 * context + 1]!) / counts[2 * context + bit]!)
      : LAMBDA * (bit ? 1.5 : 0.4);
  /** Cost of the 2^l blocks from block b on, of which `left` are there; marks them. */
  const choose = (b: number, l: number, left: number): number => {
    if (left < 1) return 0;
    if (!l) return costs[0]![b]!;
    const half = 1 << (l - 1);
    const apart = choose(b, l - 1, left) + choose(b + half * step, l - 1, left - half);
    if (left < 2 * half) return apart;
    const i = positions[b]!;
    const { living, change } = surveyed(field, i, l, hop);
    if (!living) return apart;
    const context = runContext(role, l, change, last, i, hop, across, other);
    const split = apart + price(context, 0);
    const joined = costs[l]![b]! * MARGIN + price(context, 1);
    if (joined >= split) return split;
    for (let n = 0; n < 2 * half; n++) marks[i + n * hop] = n ? l + 8 : l;
    return joined;
  };
  /** Counts what the map of the line takes. */
  const count = (b: number, l: number, left: number): void => {
    if (left < 2 || !l) return;
    const half = 1 << (l - 1);
    const i = positions[b]!;
    if (left >= 2 * half) {
      const { living, change } = surveyed(field, i, l, hop);
      if (!living) return;
      const is = (marks[i]! & 7) >= l;
      next[2 * runContext(role, l, change, last, i, hop, across, other) + (is ? 1 : 0)]!++;
      if (is) return;
    }
    count(b, l - 1, left);
    count(b + half * step, l - 1, left - half);
  };
  for (let line = 0; line < lines; line++)
    for (let n = 0; n < blocks; n += 1 << LONGEST) {
      const b = line * (direction ? cols : 1) + n * step;
      choose(b, LONGEST, blocks - n);
      count(b, LONGEST, blocks - n);
    }
}
