/**
 * A seeded source of numbers in [0, 1), 32 bits each: mulberry32 (Tommy Ettinger, public domain). Integer
 * arithmetic only, so every engine yields the same sequence for the same seed (taken modulo 2^32).
 */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
