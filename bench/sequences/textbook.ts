import { principalComponentPursuit } from '../../src/algebra/pursuit.js';
import { truncatedSvd } from '../../src/algebra/truncated-svd.js';
import { type Matrix, matrix } from '../../src/core/matrix.js';
import type { Raster } from '../../src/index.js';
import { fromOpponent, type Planes, toOpponent } from '../../src/separation/opponent.js';
import { score, type Truth } from './truth.js';

/** Textbook methods: a background for each frame, and one threshold on the distance from it. */
export const TEXTBOOK = {
  'rank-1 SVD': (m: Matrix): Matrix => {
    const { u, s, v } = truncatedSvd(m, 1);
    return build(m, (t, i) => u.data[t]! * s[0]! * v.data[i]!);
  },
  'median of each pixel': (m: Matrix): Matrix => {
    const middle = new Float64Array(m.cols);
    const values = new Float64Array(m.rows);
    for (let i = 0; i < m.cols; i++) {
      for (let t = 0; t < m.rows; t++) values[t] = m.data[t * m.cols + i]!;
      values.sort();
      middle[i] = (values[(m.rows - 1) >> 1]! + values[m.rows >> 1]!) / 2;
    }
    return build(m, (_, i) => middle[i]!);
  },
  PCP: (m: Matrix): Matrix => principalComponentPursuit(m, { tolerance: 1e-5 }).low,
} as const;

function build(m: Matrix, value: (t: number, i: number) => number): Matrix {
  const out = matrix(m.rows, m.cols);
  for (let t = 0; t < m.rows; t++) for (let i = 0; i < m.cols; i++) out.data[t * m.cols + i] = value(t, i);
  return out;
}

/** The mean background, and its score at the best threshold for this very clip. */
export function textbook(
  name: keyof typeof TEXTBOOK,
  frames: readonly Raster[],
  truth: Truth,
): { background: Raster; score: ReturnType<typeof score>; threshold: number } {
  const planes: Planes[] = frames.map(frame => toOpponent(frame));
  const { data, pixels } = planes[0]!;
  const m = matrix(frames.length, data.length);
  for (const [t, frame] of planes.entries()) m.data.set(frame.data, t * data.length);
  const low = TEXTBOOK[name](m);
  const mean = Float32Array.from(data, (_, i) => {
    let sum = 0;
    for (let t = 0; t < frames.length; t++) sum += low.data[t * data.length + i]!;
    return sum / frames.length;
  });
  const distance = (t: number, p: number): number => {
    let sum = 0;
    for (let i = t * data.length + p, end = (t + 1) * data.length; i < end; i += pixels)
      sum += (m.data[i]! - low.data[i]!) ** 2;
    return sum;
  };
  let best: { threshold: number; score: ReturnType<typeof score> } = { threshold: 0, score: undefined };
  for (let threshold = 4; threshold < 120 && truth.masks.size > 0; threshold *= 1.15) {
    const found = score(truth, (t, p) => distance(t, p) > threshold * threshold);
    if (found && !(best.score && best.score.f >= found.f)) best = { threshold, score: found };
  }
  const background = fromOpponent({ ...planes[0]!, data: mean }, frames[0]!.width, frames[0]!.bitDepth);
  return { background, ...best };
}
