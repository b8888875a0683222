import type { Factor } from '../../planes/factor.js';
import { emptyRuns, LONGEST, type Runs } from '../../runs/runs.js';
import { RUN_CONTEXTS, type RunField, runContext, surveyed } from '../../runs/visit.js';
import { costsOfRuns } from './kernels.js';
import { LAMBDA } from './run-costs.js';

/** A run is taken if it costs less than its separate blocks by this factor: the contexts would have found much of what it promises. */
const MARGIN = 1.25;
/** A block with all coefficients below this many steps will not be alive. */
const ALIVE = 0.7;
/** How often the map is chosen, each time at the prices of the last. */
const ROUNDS = 3;

/**
 * The runs of channels that share them, from U in steps. Bottom up from single blocks, each run is taken if it has less squared error +
 * lambda bits than its halves. Bits are estimated as an adaptive coder would spend them, including those of the map. `factor` is a factor on
 * the grid of the channels; `role` is that of the first channel, `before` the map of the channel before it.
 */
export function chooseRuns(us: readonly Float32Array[], factor: Factor, role: number, before?: Runs): Runs {
  const { positions, places } = factor;
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
    const surveys = surveysOf(factor, { values, alive }, direction);
    return { surveys, costs: costsOfRuns(us, factor, direction, surveys) };
  });
  let prices = pricesOf();
  for (let round = 0; round < ROUNDS; round++) {
    const last = runs.map(marks => marks.slice());
    const next = new Float64Array(2 * RUN_CONTEXTS).fill(0.4);
    for (const [direction, choice] of choices.entries())
      chooseLines(factor, choice, direction, {
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

/** By l and first block of 2^l blocks: 0 if none is alive, else 1 plus how much plane 0 changes (see `surveyed`). */
function surveysOf(
  factor: Factor,
  field: Pick<RunField, 'alive' | 'values'>,
  direction: number,
): Uint8Array[] {
  const { cols, rows } = factor;
  return Array.from({ length: LONGEST + 1 }, (_, l) => {
    const surveys = new Uint8Array(cols * rows);
    putSurveys(factor, field, direction, l, surveys);
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

/**
 * The prices of the flags of the map in squared steps, by context and bit, from how often each context gave 0 and 1; a guess if that is
 * unknown.
 */
const pricesOf = (counts?: Float64Array): Float64Array =>
  Float64Array.from({ length: 2 * RUN_CONTEXTS }, (_, i) =>
    counts ? LAMBDA * Math.log2((counts[i]! + counts[i ^ 1]!) / counts[i]!) : LAMBDA * (i & 1 ? 1.5 : 0.4),
  );

/** The input and the results of one round. */
interface Round {
  role: number;
  /** Marks of the last round, and those of the channel before. */
  last: Uint8Array;
  other: Uint8Array | undefined;
  /** Marks of this round. */
  marks: Uint8Array;
  /** Prices of its flags, and how often each context gave 0 and 1. */
  prices: Float64Array;
  next: Float64Array;
}

/** The choice in the lines of one direction. */
interface Lines extends Round {
  positions: Int32Array;
  surveys: Uint8Array[];
  costs: Float64Array[];
  /** From block to block and from line to line by position, and from block to block by number. */
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
  const work: Lines = { ...round, positions, surveys, costs, hop, across, step };
  for (let line = 0; line < lines; line++)
    for (let n = 0; n < blocks; n += 1 << LONGEST) {
      const b = line * (direction ? cols : 1) + n * step;
      choose(work, b, LONGEST, blocks - n);
      count(work, b, LONGEST, blocks - n);
    }
}

/** The least cost of the 2^l blocks from block b on, of which `left` exist. Sets their marks. */
function choose(work: Lines, b: number, l: number, left: number): number {
  if (left < 1) return 0;
  const { surveys, costs, prices, marks, hop, step } = work;
  if (!l) return costs[0]![b]!;
  const half = 1 << (l - 1);
  const survey = left < 2 * half ? 0 : surveys[l]![b]!;
  // Without an alive block nothing costs anything.
  if (!survey && left >= 2 * half) return 0;
  const apart = choose(work, b, l - 1, left) + choose(work, b + half * step, l - 1, left - half);
  if (!survey) return apart;
  const context = contextOf(work, b, l, survey);
  const split = apart + prices[2 * context]!;
  const joined = costs[l]![b]! * MARGIN + prices[2 * context + 1]!;
  if (joined >= split) return split;
  const i = work.positions[b]!;
  for (let n = 0; n < 2 * half; n++) marks[i + n * hop] = n ? l + 8 : l;
  return joined;
}

/** Counts the flags in the map of a line. */
function count(work: Lines, b: number, l: number, left: number): void {
  if (left < 2 || !l) return;
  const half = 1 << (l - 1);
  if (left >= 2 * half) {
    const survey = work.surveys[l]![b]!;
    if (!survey) return;
    const is = (work.marks[work.positions[b]!]! & 7) >= l;
    work.next[2 * contextOf(work, b, l, survey) + (is ? 1 : 0)]!++;
    if (is) return;
  }
  count(work, b, l - 1, left);
  count(work, b + half * work.step, l - 1, left - half);
}

const contextOf = (
  { role, last, other, positions, hop, across }: Lines,
  b: number,
  l: number,
  survey: number,
): number => runContext(role, l, survey - 1, last, positions[b]!, hop, across, other);
