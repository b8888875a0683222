import type { Factor } from '../../planes/factor.js';
import { emptyRuns, LONGEST, type Runs } from '../../runs/runs.js';
import { RUN_CONTEXTS, type RunField, runContext, surveyed } from '../../runs/visit.js';
import { costsOfRuns } from './kernels.js';
import { LAMBDA } from './run-costs.js';

/** A run is taken where it costs less than its blocks by themselves by this factor: much of what it promises the contexts would have found. */
const MARGIN = 1.25;
/** A block all of whose coefficients are below so many steps will not be alive. */
const ALIVE = 0.7;
/** Times the map is chosen, each time at the prices of the last. */
const ROUNDS = 3;

/**
 * The runs of channels that are to have the same, from U in steps: of each run, bottom up from single blocks, whether it has less squared error + lambda bits than its halves, by an
 * estimate of what an adaptive coder makes of them, the bits of the map counted in. `of` is a factor on their grid; `role` is that of the first channel, `before` the map of the channel before it.
 */
export function chooseRuns(us: readonly Float32Array[], of: Factor, role: number, before?: Runs): Runs {
  const { positions, places } = of;
  const runs = emptyRuns(places);
  const values = new Int32Array(places);
  const alive = new Uint8Array(places);
  let living = false;
  for (let b = 0; b < positions.length; b++) {
    values[positions[b]!] = Math.round(2 * us[0]![b * 64]!);
    if (!us.some(u => isAlive(u, b))) continue;
    alive[positions[b]!] = 1;
    living = true;
  }
  if (!living) return runs;
  const choices = [0, 1].map(direction => {
    const surveys = surveysOf(of, { values, alive }, direction);
    return { surveys, costs: costsOfRuns(us, of, direction, surveys) };
  });
  let prices = pricesOf();
  for (let round = 0; round < ROUNDS; round++) {
    const last = runs.map(marks => marks.slice());
    const next = new Float64Array(2 * RUN_CONTEXTS).fill(0.4);
    for (const [direction, choice] of choices.entries())
      chooseLines(of, choice, direction, {
        role,
        last: last[direction]!,
        other: before?.[direction],
        marks: runs[direction]!.fill(0),
        prices,
        next,
      });
    prices = pricesOf(next);
  }
  return runs;
}

function isAlive(u: Float32Array, b: number): boolean {
  for (let at = b * 64 + 1; at < b * 64 + 64; at++) if (u[at]! >= ALIVE || u[at]! <= -ALIVE) return true;
  return false;
}

/** By l and first block of 2^l blocks: 0 where none of them is alive, else how much plane 0 changes, see `surveyed`, and 1. */
function surveysOf(of: Factor, field: Pick<RunField, 'alive' | 'values'>, direction: number): Uint8Array[] {
  const { cols, rows } = of;
  return Array.from({ length: LONGEST + 1 }, (_, l) => {
    const surveys = new Uint8Array(cols * rows);
    putSurveys(of, field, direction, l, surveys);
    return surveys;
  });
}

function putSurveys(
  { cols, rows, stride, positions }: Factor,
  field: Pick<RunField, 'alive' | 'values'>,
  direction: number,
  l: number,
  surveys: Uint8Array,
): void {
  const hop = direction ? 1 : stride;
  const n = 1 << l;
  for (let y = 0; direction ? y < rows : y + n <= rows; y += direction ? 1 : n)
    for (let x = 0; direction ? x + n <= cols : x < cols; x += direction ? n : 1) {
      const b = y * cols + x;
      const { living, change } = surveyed(field, positions[b]!, l, hop);
      if (living) surveys[b] = l ? change + 1 : 1;
    }
}

/** What the flags of the map cost, in squared steps, by context and bit, from how often each context gave 0 and 1; a guess where that is not known. */
const pricesOf = (counts?: Float64Array): Float64Array =>
  Float64Array.from({ length: 2 * RUN_CONTEXTS }, (_, i) =>
    counts ? LAMBDA * Math.log2((counts[i]! + counts[i ^ 1]!) / counts[i]!) : LAMBDA * (i & 1 ? 1.5 : 0.4),
  );

/** What one round knows and makes. */
interface Round {
  role: number;
  /** Marks of the last round, and of the channel before. */
  last: Uint8Array;
  other: Uint8Array | undefined;
  /** Marks of this one. */
  marks: Uint8Array;
  /** What its flags cost, and how often each context gives 0 and 1. */
  prices: Float64Array;
  next: Float64Array;
}

/** What is chosen in the lines of one direction. */
interface Lines extends Round {
  positions: Int32Array;
  surveys: Uint8Array[];
  costs: Float64Array[];
  /** From block to block of a line by position, from line to line by position, and from block to block by number. */
  hop: number;
  across: number;
  step: number;
}

function chooseLines(
  { cols, rows, stride, positions }: Factor,
  { surveys, costs }: { surveys: Uint8Array[]; costs: Float64Array[] },
  direction: number,
  round: Round,
): void {
  const [lines, blocks] = direction ? [rows, cols] : [cols, rows];
  const [hop, across, step] = direction ? [1, stride, 1] : [stride, 1, cols];
  const all: Lines = { ...round, positions, surveys, costs, hop, across, step };
  for (let line = 0; line < lines; line++)
    for (let n = 0; n < blocks; n += 1 << LONGEST) {
      const b = line * (direction ? cols : 1) + n * step;
      choose(all, b, LONGEST, blocks - n);
      count(all, b, LONGEST, blocks - n);
    }
}

/** Cost of the 2^l blocks from block b on, of which `left` are there; marks them. */
function choose(of: Lines, b: number, l: number, left: number): number {
  if (left < 1) return 0;
  const { surveys, costs, prices, marks, hop, step } = of;
  if (!l) return costs[0]![b]!;
  const half = 1 << (l - 1);
  const survey = left < 2 * half ? 0 : surveys[l]![b]!;
  // Where no block is alive nothing costs anything.
  if (!survey && left >= 2 * half) return 0;
  const apart = choose(of, b, l - 1, left) + choose(of, b + half * step, l - 1, left - half);
  if (!survey) return apart;
  const context = contextOf(of, b, l, survey);
  const split = apart + prices[2 * context]!;
  const joined = costs[l]![b]! * MARGIN + prices[2 * context + 1]!;
  if (joined >= split) return split;
  const i = of.positions[b]!;
  for (let n = 0; n < 2 * half; n++) marks[i + n * hop] = n ? l + 8 : l;
  return joined;
}

/** Counts what the map of the line takes. */
function count(of: Lines, b: number, l: number, left: number): void {
  if (left < 2 || !l) return;
  const half = 1 << (l - 1);
  if (left >= 2 * half) {
    const survey = of.surveys[l]![b]!;
    if (!survey) return;
    const is = (of.marks[of.positions[b]!]! & 7) >= l;
    of.next[2 * contextOf(of, b, l, survey) + (is ? 1 : 0)]!++;
    if (is) return;
  }
  count(of, b, l - 1, left);
  count(of, b + half * of.step, l - 1, left - half);
}

const contextOf = (
  { role, last, other, positions, hop, across }: Lines,
  b: number,
  l: number,
  survey: number,
): number => runContext(role, l, survey - 1, last, positions[b]!, hop, across, other);
