/** Colours from low to high, perceptually even: nine from matplotlib's map "inferno" (S. van der Walt and N. Smith, 2015). */
export const HEAT = [
  [0, 0, 4],
  [31, 12, 72],
  [85, 15, 109],
  [136, 34, 106],
  [186, 54, 85],
  [227, 89, 51],
  [249, 142, 8],
  [249, 203, 53],
  [252, 255, 164],
] as const;

/** The colour for a share, 0 to 1, interpolated linearly. */
export function heatOf(share: number): [number, number, number] {
  const at = Math.max(0, Math.min(1, share)) * (HEAT.length - 1);
  const low = HEAT[Math.floor(at)]!;
  const high = HEAT[Math.ceil(at)]!;
  const part = at - Math.floor(at);
  return [0, 1, 2].map(c => Math.round(low[c]! + part * (high[c]! - low[c]!))) as [number, number, number];
}
