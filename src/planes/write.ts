import { writeGolomb } from '../bits/write-golomb.js';
import { writeSigned } from '../bits/write-signed.js';
import type { Predictor } from '../factors/predictor.js';
import type { Runs } from '../runs/runs.js';
import { visitRuns } from '../runs/visit.js';
import { levelOf, signLevel } from './companding.js';
import { aliveExpectation, type PlaneContext, planeContext } from './contexts.js';
import { predictDc } from './dc.js';
import { blockAt, type Factor } from './factor.js';
import { type Notes, note, UNNOTED } from './notes.js';
import { BANDS8, ORDER8 } from './order.js';
import {
  aliveContext,
  ESCAPE,
  LONGEST,
  magnitudeContext,
  RUNS,
  residualContext,
  signOf,
  zeroContext,
} from './states.js';
import { type PlaneCoder, visitPlane } from './visit.js';

/** Where bits go: into a file, or only into a count of their cost. */
export interface BitSink {
  /** Codes a bit with an adaptive context. */
  bit(context: number, bit: number): void;
  /** Codes a bit of probability one half. */
  even(bit: number): void;
  /**
   * Called, if present, with the plane and block of a factor that the following bits belong to. Alive flags go with the first plane of
   * their band.
   */
  at?(of: Factor, k: number, b: number): void;
  /** The sink for a part of the channels; this one if absent. */
  ofPart?(part: number): BitSink;
  /** The sink for a part of plane 0's level; this one if absent. */
  ofLevel?(part: number): BitSink;
}

/** Levels to write: element k of block b at [b * size + k], signed, in steps (plane 0 of plane 0's level too). */
export type Levels = Int32Array;

/** Writes which blocks of a part go on at `band`: those with a nonzero level in this band or a later one. The mirror of readAlive. */
export function writeAlive(
  sink: BitSink,
  factors: Factor[],
  channel: number,
  role: number,
  band: number,
  lastBand: Uint8Array,
  notes?: Notes,
  part = 0,
): void {
  const own = factors[channel]!;
  const first = ORDER8[BANDS8[band - 1]!]!;
  own.living[part] = own.living[part]!.filter(b => {
    const i = own.positions[b]!;
    const level = levelOf(aliveExpectation(factors, channel, role, band, i));
    const goesOn = lastBand[b]! >= band ? 1 : 0;
    sink.at?.(own, first, b);
    if (notes) notes.alive[b * 8 + band] = level;
    sink.bit(aliveContext(role, band, level), goesOn);
    own.alive[i] = goesOn;
    if (goesOn) own.ends[b] = BANDS8[band]!;
    else own.activity[i] = 0;
    return goesOn;
  });
}

/** Writes those of the runs `wanted` of a part of a channel in which a block is alive. The mirror of readRuns. */
export function writeRuns(
  sink: BitSink,
  factors: Factor[],
  channel: number,
  role: number,
  wanted: Runs | undefined,
  part: number,
): void {
  const own = factors[channel]!;
  const living = own.living[part]!;
  const some = wanted?.some(marks => living.some(b => marks[own.positions[b]!])) ?? false;
  sink.at?.(own, ORDER8[1]!, living[0] ?? 0);
  sink.even(some ? 1 : 0);
  if (!some) return;
  const before = role ? factors[channel - 1]!.runs : undefined;
  visitRuns(own, part, role, before, (context, direction, i, l) => {
    const is = (wanted![direction]![i]! & 7) >= l;
    sink.at?.(own, ORDER8[1]!, blockAt(own, i));
    sink.bit(RUNS + context, is ? 1 : 0);
    return is;
  });
}

/** Writes the coefficients of a plane. The mirror of PlaneReader. */
class PlaneWriter implements PlaneCoder {
  /** Level of the last flag. */
  private level = 0;
  /** Where notes on the plane begin. */
  private readonly noted: number;

  constructor(
    private readonly sink: BitSink,
    private readonly context: PlaneContext,
    private readonly levels: Levels,
    private readonly notes: Notes | undefined,
  ) {
    this.noted = context.k * context.own.positions.length;
  }

  private at(b: number): number {
    return b * this.context.own.size + this.context.k;
  }

  flag(b: number, level: number, run: number): boolean {
    const notes = this.notes;
    const coded = this.levels[this.at(b)] !== 0;
    this.sink.at?.(this.context.own, this.context.k, b);
    this.level = level;
    this.sink.bit(zeroContext(this.context.type, level, run), coded ? 1 : 0);
    if (!notes || coded) return coded;
    if (notes.bold[this.noted + b]) return true;
    notes.coefficients[this.noted + b] = level | UNNOTED;
    return false;
  }

  value(b: number, sum: number, mean: number, magnitudeLevel: number): number {
    const { sink, context, notes } = this;
    const coded = this.levels[this.at(b)]!;
    const sure = signLevel(mean, sum);
    const sign = mean < 0 ? 1 : 0;
    if (notes)
      notes.coefficients[this.noted + b] = note(
        this.level,
        magnitudeLevel,
        sure ? signOf(context, sure) : 0,
        sign,
      );
    if (coded === 0) return 0;
    const negative = coded < 0 ? 1 : 0;
    if (sure) sink.bit(signOf(context, sure), negative ^ sign);
    else sink.even(negative);
    const value = negative ? -coded : coded;
    for (let t = 1; t <= LONGEST && t <= value; t++)
      sink.bit(magnitudeContext(context.type, t, magnitudeLevel), t < value ? 1 : 0);
    if (value > LONGEST) writeGolomb(sink.bit.bind(sink), ESCAPE, 1, value - LONGEST - 1);
    return 2 * coded;
  }
}

/** Writes plane k of a part of a factor. The mirror of readPlane. */
export function writePlane(
  sink: BitSink,
  factors: Factor[],
  channel: number,
  role: number,
  k: number,
  levels: Levels,
  notes?: Notes,
  predictor?: Predictor,
  part = 0,
): void {
  const context = planeContext(factors, channel, role, k, predictor);
  visitPlane(context, part, new PlaneWriter(sink, context, levels, notes));
}

/** Writes plane 0 of plane 0's level: residuals of a prediction. The mirror of readDc. */
export function writeDc(sink: BitSink, level: Factor, levels: Levels, part = 0): void {
  for (const b of level.living[part]!) {
    const i = level.positions[b]!;
    const { prediction, around } = predictDc(level, i);
    const value = levels[b * 16]!;
    sink.at?.(level, 0, b);
    writeSigned(sink.bit.bind(sink), residualContext(around), value - prediction);
    level.values[i] = 2 * value;
  }
}

/** Does `work`, which writes planes of these factors from these levels only. Kernels lay the levels out first. */
export const withLevels = (_factors: readonly Factor[], _levels: readonly Levels[], work: () => void): void =>
  work();
