/**
 * Our SVDs against ml-matrix in one process: `npx tsx bench/svd.ts [picture.png ...]`.
 *
 * Without arguments: one seeded 512 x 768 channel whose spectrum falls as that of a photograph, plus noise.
 * With pictures: the green channel of each. Every result is verified before anything is timed. Rounds
 * alternate between the contestants, so that a busy machine slows them alike, and the medians are compared.
 *
 * The truncated SVD flatters us, for it answers a smaller question: ml-matrix has no truncated one, so
 * whoever wants 32 terms from it waits for all of them. The full SVD is the like-for-like row.
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename } from 'node:path';
import { EVD, Matrix as PeerMatrix, SVD } from 'ml-matrix';
import { PNG } from 'pngjs';
import { transposedTimes } from '../src/algebra/multiply.js';
import { random } from '../src/algebra/random.js';
import { type Svd, svd } from '../src/algebra/svd.js';
import { symmetricEigen } from '../src/algebra/symmetric-eigen.js';
import { truncatedSvd } from '../src/algebra/truncated-svd.js';
import { type Matrix, matrix } from '../src/core/matrix.js';

const RANK = 32;
const ROUNDS = 5;

/** Waves of falling amplitude in both directions, an edge and noise: 0 to 255, whole numbers. */
function seededChannel(rows: number, cols: number): Matrix {
  const next = random(2024);
  const waves = Array.from({ length: 300 }, (_, i) => ({
    amplitude: 90 / (i + 1) ** 0.8,
    down: (next() - 0.5) * (i + 2) * 0.02,
    across: (next() - 0.5) * (i + 2) * 0.02,
    phase: next() * 2 * Math.PI,
  }));
  const out = matrix(rows, cols);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < cols; x++) {
      let value = 120 + (x + 2 * y > 900 ? 30 : 0) + 8 * (next() - 0.5);
      for (const w of waves) value += w.amplitude * Math.sin(w.down * y + w.across * x + w.phase);
      out.data[y * cols + x] = Math.max(0, Math.min(255, Math.round(value)));
    }
  return out;
}

function greenOf(file: string): Matrix {
  const { width, height, data } = PNG.sync.read(readFileSync(file));
  return matrix(
    height,
    width,
    Float64Array.from({ length: width * height }, (_, i) => data[4 * i + 1]!),
  );
}

/** Mean squared error of an approximation by `terms`. */
function errorOf(a: Matrix, { u, s, v }: Svd): number {
  let sum = 0;
  for (let y = 0; y < a.rows; y++)
    for (let x = 0; x < a.cols; x++) {
      let value = a.data[y * a.stride + x]!;
      for (let k = 0; k < s.length; k++)
        value -= u.data[y * u.stride + k]! * s[k]! * v.data[x * v.stride + k]!;
      sum += value * value;
    }
  return sum / (a.rows * a.cols);
}

const toPeer = (a: Matrix): PeerMatrix =>
  new PeerMatrix(
    Array.from({ length: a.rows }, (_, y) =>
      Array.from(a.data.subarray(y * a.stride, y * a.stride + a.cols)),
    ),
  );

const psnr = (meanSquaredError: number): number => 10 * Math.log10(255 ** 2 / meanSquaredError);

/**
 * Throws unless our values are those of ml-matrix to 1e-9 of each; of those under 1e-5 of the largest, to
 * 1e-14 of the largest, for below that roundings decide. Returns the largest such error.
 */
function verify(ours: Float64Array, theirs: readonly number[]): number {
  const least = 1e-5 * theirs[0]!;
  let worst = 0;
  for (const [i, value] of ours.entries())
    worst = Math.max(worst, Math.abs(value - theirs[i]!) / Math.max(theirs[i]!, least));
  if (!(worst < 1e-9)) throw new Error(`values differ by ${worst}`);
  return worst;
}

/** Median milliseconds of each contestant over alternating rounds, after one round of warm-up. */
function time(contestants: Record<string, () => unknown>): Record<string, number> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round <= ROUNDS; round++)
    for (const [name, run] of Object.entries(contestants)) {
      const start = performance.now();
      run();
      if (round > 0) (times[name] ??= []).push(performance.now() - start);
    }
  const median = (all: number[]): number => all.sort((x, y) => x - y)[all.length >> 1]!;
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

function compare(name: string, a: Matrix): void {
  const peer = toPeer(a);
  const full = svd(a);
  const theirs = new SVD(peer, { autoTranspose: true });
  const worst = verify(full.s, theirs.diagonal);
  const tail = full.s.slice(RANK).reduce((sum, value) => sum + value * value, 0) / (a.rows * a.cols);
  const reached = psnr(errorOf(a, truncatedSvd(a, RANK)));
  if (!(psnr(tail) - reached < 0.1)) throw new Error(`rank ${RANK}: ${reached} dB, optimum ${psnr(tail)} dB`);
  const covariance = transposedTimes(a, a);
  const part = matrix(256, 256);
  for (let r = 0; r < 256; r++)
    part.data.set(covariance.data.subarray(r * covariance.stride, r * covariance.stride + 256), r * 256);
  const peerPart = toPeer(part);
  const byValue = new EVD(peerPart, { assumeSymmetric: true }).realEigenvalues.sort((x, y) => y - x);
  const eigenWorst = verify(symmetricEigen(part).values, byValue);
  const ms = time({
    'ml-matrix SVD': () => new SVD(peer, { autoTranspose: true }),
    svd: () => svd(a),
    truncatedSvd: () => truncatedSvd(a, RANK),
    'ml-matrix EVD': () => new EVD(peerPart, { assumeSymmetric: true }),
    symmetricEigen: () => symmetricEigen(part),
  });
  const row = (what: string, ours: string, theirsName: string, check: string): string =>
    `| ${name} | ${what} | ${ms[ours]!.toFixed(0)} | ${ms[theirsName]!.toFixed(0)} | ${(ms[theirsName]! / ms[ours]!).toFixed(1)} x | ${check} |`;
  const loss = `${reached.toFixed(3)} dB, optimum ${psnr(tail).toFixed(3)}`;
  console.log(
    row(`SVD, ${a.rows} x ${a.cols}`, 'svd', 'ml-matrix SVD', `values within ${worst.toExponential(0)}`),
  );
  console.log(row(`rank ${RANK} of it`, 'truncatedSvd', 'ml-matrix SVD', loss));
  console.log(
    row(
      'symmetric eigen, 256 x 256',
      'symmetricEigen',
      'ml-matrix EVD',
      `values within ${eigenWorst.toExponential(0)}`,
    ),
  );
}

console.log(
  `${cpus()[0]?.model.trim()}, Node ${process.versions.node}, medians of ${ROUNDS} alternating rounds\n`,
);
console.log('| matrix | what | ours, ms | ml-matrix, ms | faster | verified |\n|---|---|---:|---:|---:|---|');
const files = process.argv.slice(2);
if (files.length === 0) compare('seeded', seededChannel(512, 768));
for (const file of files) compare(basename(file), greenOf(file));
