import { smooth } from './noise.js';

// Of a pixel's samples, were they background: all but one in a thousand are Gaussian about it, the others anything. Were they
// foreground: nine in ten are anything, one looks like the background. Neither depends on the clip; its noise does the rest.
const STRAY = 1e-3;
const ALIKE = 0.1;

/** Natural logarithm of the odds against foreground before a pixel is looked at: one in twenty. */
const PRIOR = 3;

/** What a neighbour's agreement is worth, in nats, beside and across; the Ising model of a mask. */
const BESIDE = 1.2;
const ACROSS = 0.7 * BESIDE;

/** All neighbours together: beyond it a pixel is decided by itself. */
const REACH = 4 * (BESIDE + ACROSS);

/** Rounds of the search; later ones change next to nothing. */
const ROUNDS = 6;

/** Smaller spots than this share of the picture are no foreground. */
const LEAST_SHARE = 1 / 6400;

/** Log-likelihood ratio of anything against background, tabulated over the excess of a Gaussian's exponent. */
const STEPS_A_NAT = 16;
const LOWEST = -24;
const HIGHEST = 24;
const RATIOS = Float32Array.from({ length: (HIGHEST - LOWEST) * STEPS_A_NAT + 1 }, (_, i) => {
  const density = Math.exp(-(LOWEST + i / STEPS_A_NAT));
  return Math.log((1 - ALIKE + ALIKE * density) / ((1 - STRAY) * density + STRAY));
});

/** log(2 pi v / 256^2) / 2 summed over the planes, for pixels `from` up to `to`: the part of the exponent that only noise decides. */
export function noiseTerm(
  variance: Float32Array,
  pixels: number,
  out: Float32Array = new Float32Array(pixels),
  from = 0,
  to = pixels,
): Float32Array {
  out.fill(0, from, to);
  for (let base = 0; base < variance.length; base += pixels)
    for (let p = from; p < to; p++)
      out[p] = out[p]! + 0.5 * Math.log((variance[base + p]! * 2 * Math.PI) / 65_536);
  return out;
}

/** Masks of frames of one size; holds the scratch that they share. */
export class Masker {
  readonly #width: number;
  readonly #evidence: Float32Array;
  readonly #smoothed: Float32Array;
  /** -1 background, 1 foreground, with a border of 0. */
  readonly #labels: Int8Array;
  /** Pixels that their neighbours can sway. */
  readonly #open: Int32Array;

  constructor(
    readonly pixels: number,
    width: number,
  ) {
    this.#width = width;
    this.#evidence = new Float32Array(pixels);
    this.#smoothed = new Float32Array(pixels);
    this.#labels = new Int8Array((width + 2) * (pixels / width + 2));
    this.#open = new Int32Array(pixels);
  }

  /**
   * The most probable mask, nearly: each pixel's evidence that `rest` (frame minus background) is not noise, neighbours that agree
   * (iterated conditional modes; Besag, On the statistical analysis of dirty pictures, 1986), and no small spots. Into `mask`: 1 is
   * foreground.
   */
  decide(rest: Float32Array, variance: Float32Array, term: Float32Array, mask: Uint8Array): void {
    const { pixels } = this;
    const evidence = this.#evidence;
    evidence.set(term);
    for (let base = 0; base < rest.length; base += pixels)
      for (let p = 0; p < pixels; p++) {
        const left = rest[base + p]!;
        evidence[p] = evidence[p]! + (0.5 * left * left) / variance[base + p]!;
      }
    for (let p = 0; p < pixels; p++) {
      const step = ((Math.max(LOWEST, Math.min(HIGHEST, evidence[p]!)) - LOWEST) * STEPS_A_NAT + 0.5) | 0;
      evidence[p] = RATIOS[step]!;
    }
    this.#search();
    this.#write(mask);
    removeSpots(mask, this.#width, Math.max(2, LEAST_SHARE * pixels));
  }

  #search(): void {
    const width = this.#width;
    const [labels, evidence, open] = [this.#labels, this.#evidence, this.#open];
    const smoothed = smooth(evidence, width, this.#smoothed);
    const row = width + 2;
    let count = 0;
    for (let p = 0, i = row + 1; p < this.pixels; i += 2)
      for (const end = p + width; p < end; p++, i++) {
        const odds = evidence[p]! - PRIOR;
        const isOpen = Math.abs(odds) <= REACH;
        labels[i] = (isOpen ? smoothed[p]! : odds) > 0 ? 1 : -1;
        if (isOpen) open[count++] = p;
      }
    for (let round = 0; round < ROUNDS; round++) {
      let changed = 0;
      for (let n = 0; n < count; n++) {
        const p = open[n]!;
        const i = p + row + 1 + 2 * ((p / width) | 0);
        const beside = labels[i - 1]! + labels[i + 1]! + labels[i - row]! + labels[i + row]!;
        const across =
          labels[i - row - 1]! + labels[i - row + 1]! + labels[i + row - 1]! + labels[i + row + 1]!;
        const label = evidence[p]! - PRIOR + BESIDE * beside + ACROSS * across > 0 ? 1 : -1;
        if (label !== labels[i]) changed++;
        labels[i] = label;
      }
      if (changed === 0) return;
    }
  }

  #write(mask: Uint8Array): void {
    const width = this.#width;
    for (let p = 0, i = width + 3; p < this.pixels; i += 2)
      for (const end = p + width; p < end; p++, i++) mask[p] = this.#labels[i] === 1 ? 1 : 0;
  }
}

/** Takes away what hangs together, corners included, in fewer than `least` pixels. */
export function removeSpots(mask: Uint8Array, width: number, least: number): void {
  const rows = mask.length / width;
  const seen = new Uint8Array(mask.length);
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0 || seen[start] === 1) continue;
    const spot = [start];
    seen[start] = 1;
    for (let next = 0; next < spot.length; next++) {
      const [x, y] = [spot[next]! % width, Math.floor(spot[next]! / width)];
      for (let v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v++)
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const at = v * width + u;
          if (mask[at] === 0 || seen[at] === 1) continue;
          seen[at] = 1;
          spot.push(at);
        }
    }
    if (spot.length < least) for (const at of spot) mask[at] = 0;
  }
}
