import type { AdaptiveBits } from '../bits/adaptive.js';
import type { RangeDecoder } from '../bits/range-decoder.js';
import { readGolomb } from '../bits/read-golomb.js';
import { readSigned } from '../bits/read-signed.js';
import type { Predictor } from '../factors/predictor.js';
import { visitRuns } from '../runs/visit.js';
import { levelOf, signLevel } from './companding.js';
import { aliveExpectation, type PlaneContext, planeContext } from './contexts.js';
import { predictDc } from './dc.js';
import type { Factor } from './factor.js';
import { BANDS8 } from './order.js';
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

/** What reading needs: the coder and the contexts. */
export interface Reader {
  coder: RangeDecoder;
  states: AdaptiveBits;
}

const readBit = ({ coder, states }: Reader, context: number): number => coder.adaptive(states, context);

/** Reads which blocks of a part of a channel go on at `band`; the rows of the others end. The mirror of writeAlive. */
export function readAlive(
  reader: Reader,
  factors: Factor[],
  channel: number,
  role: number,
  band: number,
  part = 0,
): void {
  const own = factors[channel]!;
  own.living[part] = own.living[part]!.filter(b => {
    const i = own.positions[b]!;
    const level = levelOf(aliveExpectation(factors, channel, role, band, i));
    own.alive[i] = readBit(reader, aliveContext(role, band, level));
    if (own.alive[i]) own.ends[b] = BANDS8[band]!;
    else own.activity[i] = 0;
    return own.alive[i];
  });
}

/** Reads the runs of a part of a channel, after the alive flags of its first band. The mirror of writeRuns. */
export function readRuns(
  reader: Reader,
  factors: Factor[],
  channel: number,
  role: number,
  part: number,
): void {
  const before = role ? factors[channel - 1]!.runs : undefined;
  if (reader.coder.bit(16_384))
    visitRuns(factors[channel]!, part, role, before, context => readBit(reader, RUNS + context) === 1);
}

/** Reads the coefficients of a plane. The mirror of PlaneWriter. */
class PlaneReader implements PlaneCoder {
  constructor(
    private readonly reader: Reader,
    private readonly context: PlaneContext,
  ) {}

  flag(_b: number, level: number, run: number): boolean {
    return readBit(this.reader, zeroContext(this.context.type, level, run)) === 1;
  }

  value(_b: number, sum: number, mean: number, magnitudeLevel: number): number {
    const { reader, context } = this;
    const sure = signLevel(mean, sum);
    const negative = sure
      ? readBit(reader, signOf(context, sure)) ^ (mean < 0 ? 1 : 0)
      : reader.coder.bit(16_384);
    let value = 1;
    while (value <= LONGEST && readBit(reader, magnitudeContext(context.type, value, magnitudeLevel)))
      value++;
    if (value > LONGEST) value += readGolomb(reader.coder, reader.states, ESCAPE, 1);
    return negative ? -2 * value : 2 * value;
  }
}

/** Reads plane k of a part of a factor. The mirror of writePlane. */
export function readPlane(
  reader: Reader,
  factors: Factor[],
  channel: number,
  role: number,
  k: number,
  predictor?: Predictor,
  part = 0,
): void {
  const context = planeContext(factors, channel, role, k, predictor);
  visitPlane(context, part, new PlaneReader(reader, context));
}

/** Reads plane 0 of a part of plane 0's level: residuals of a prediction. The mirror of writeDc. */
export function readDc({ coder, states }: Reader, level: Factor, part = 0): void {
  for (const b of level.living[part]!) {
    const i = level.positions[b]!;
    const { prediction, around } = predictDc(level, i);
    level.values[i] = 2 * (prediction + readSigned(coder, states, residualContext(around)));
  }
}
