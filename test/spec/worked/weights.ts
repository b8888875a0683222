import { compand } from '../../../src/planes/companding.js';
import { extendPlane0 } from '../../../src/planes/dc.js';
import { emptyFactor, rowsOf } from '../../../src/planes/factor.js';
import { root } from '../../../src/planes/root.js';
import { activityRows, COARSE, textureRows } from '../../../src/planes/row-weights.js';
import { stepOf } from '../../../src/planes/step.js';
import { columnExponents, EXPONENT_ORIGIN, NORMS, STEPS } from '../../../src/planes/weights.js';
import { same, table, wrapped } from './text.js';

const WEIGHTS = { plane0: 5, luma: 19, chroma: 8, chromaRise: 16, activity: 2, texture: 2 };
const STEP = 0x980;
const PLANE0 = [10, 12, 31, 9, 40, 90, 8, 55, 140];
/** Exponents of C, by plane. */
const VALUES: [k: number, q: number][] = [
  [1, 6],
  [8, -4],
  [9, 0],
  [2, 2],
  [16, 0],
];

const { abs, floor, min } = Math;
const log = (x: number): number => {
  const c = floor(Math.log2(x));
  return 16 * c + ((16 * x) >> c) - 16;
};
const power = (x: number, x0: number, p: number): number =>
  Math.max(-24, min(24, (p * (log(min(x, 2 ** 20)) - log(x0))) >> 3));
const step = (e: number): number => STEPS[e + EXPONENT_ORIGIN]!;

/** The steps of one block under weights. */
export function workedWeights(): string {
  const luma = emptyFactor({ block: 8, cols: 3, rows: 3 });
  const C = luma.positions[4]!;
  luma.columnWeights = columnExponents(WEIGHTS, 0);
  PLANE0.forEach((q, b) => {
    luma.values[luma.positions[b]!] = q;
  });
  extendPlane0(luma);
  for (const [k, q] of VALUES) luma.values[k * luma.places + C] = q;
  luma.rowWeights = activityRows(luma, WEIGHTS, STEP);
  luma.fineRowWeights = textureRows(luma, WEIGHTS, STEP);
  const a = luma.rowWeights[C]!;
  const t = luma.fineRowWeights[C]! - a;
  const D = stepOf(STEP);
  const d = PLANE0.reduce((sum, q) => sum + abs(q - PLANE0[4]!), 0);
  const q = floor(8 * D * step(-WEIGHTS.plane0) + 0.5);
  const x = floor((d * q) / 64) + 256;
  same(power(x, 384, WEIGHTS.activity), a);
  const exponent = (k: number): number =>
    luma.columnWeights[k]! - EXPONENT_ORIGIN + (k ? rowsOf(luma, k)[C]! : 0);
  const z = [...COARSE].reduce(
    (sum, k) => sum + abs(VALUES.find(([of]) => of === k)![1]) * step(exponent(k)),
    0,
  );
  const r = floor(8 * D + 0.5);
  const y = floor((z * r) / 16) + 128;
  same(power(y, 256, WEIGHTS.texture), t);
  const fields = Object.entries(WEIGHTS).map(([name, value]) => `${name} ${value}`);
  const rows = [0, 1, 9, 3, 24, 36].map(k => {
    const e = exponent(k);
    const S = step(e);
    same(root(floor(2 ** 24 / S)) / 4096, NORMS[e + EXPONENT_ORIGIN]!);
    return [k, e, S, NORMS[e + EXPONENT_ORIGIN]!, k ? compand(6 * S) : 0];
  });
  return [
    wrapped(
      `A block C of the first channel, D = ${D}, with the fields ${fields.join(', ')}. Q(., 0) of C and of the blocks around it, row by row: ${PLANE0.join(' ')}.`,
    ),
    wrapped(
      `d = ${d}, q = ${q}, floor(d * q / 64) + 256 = ${x}; log(${x}) = ${log(x)}, log(384) = ${log(384)}; a(C) = ${a}. ` +
        `With ${VALUES.map(([k, q]) => `Q(C, ${k}) = ${q}`).join(', ')}: z = ${z}, r = ${r}, floor(z * r / 16) + 128 = ${y}; t(C) = ${t}.`,
    ),
    `${table(['k', 'e(k, C)', 'S(k, C)', 'norm(k, C)', 'M of Q = 6'], rows)}`,
  ].join('\n');
}
