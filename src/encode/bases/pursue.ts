import { addScaled, dot } from '../../algebra/vector.js';

/** Least squares with few columns: the columns chosen, their coefficients, and the remaining squared error. */
export interface Pursuit {
  picked: number[];
  coefficients: number[];
  error: number;
}

/** The next column is picked from this many, those nearest to the residual; the list is renewed now and then. */
const SHORTLIST = 64;
const RENEWAL = 4;
/** A column with a smaller share of new energy adds little but rounding errors. */
const NEW = 1e-3;

/**
 * Orthogonal matching pursuit (Pati, Rezaiifar and Krishnaprasad, 1993): x ~ sum of coefficients times columns. Each step adds the column
 * that removes most squared error and refits all coefficients by QR (modified Gram-Schmidt). It ends after `most` columns, or when `pays`,
 * given the squared errors before and after, returns false. `energies` are the squared lengths of the columns.
 */
export function pursue(
  x: Float64Array,
  columns: readonly Float64Array[],
  energies: readonly number[],
  most: number,
  pays: (before: number, after: number) => boolean,
): Pursuit {
  const rows = x.length;
  const residual = x.slice();
  const picked: number[] = [];
  const units: Float64Array[] = [];
  const r: number[][] = [];
  const c: number[] = [];
  let error = dot(x, 0, x, 0, rows);
  let shortlist: number[] = [];
  const left = new Set(columns.keys());
  const gain = (j: number): number =>
    energies[j]! > 0 ? dot(columns[j]!, 0, residual, 0, rows) ** 2 / energies[j]! : 0;
  while (picked.length < most && left.size) {
    const from = picked.length % RENEWAL ? shortlist : [...left];
    const ranked = from.map(j => ({ j, gain: gain(j) })).sort((a, b) => b.gain - a.gain);
    shortlist = ranked.slice(0, SHORTLIST).map(({ j }) => j);
    const j = shortlist[0];
    if (j === undefined) break;
    shortlist = shortlist.slice(1);
    left.delete(j);
    const unit = columns[j]!.slice();
    const row = units.map(q => {
      const along = dot(q, 0, unit, 0, rows);
      addScaled(-along, q, 0, unit, 0, rows);
      return along;
    });
    const energy = dot(unit, 0, unit, 0, rows);
    if (!(energy > NEW * energies[j]!)) continue;
    const length = Math.sqrt(energy);
    for (let i = 0; i < rows; i++) unit[i]! /= length;
    const along = dot(unit, 0, residual, 0, rows);
    const after = Math.max(0, error - along * along);
    if (!pays(error, after)) break;
    addScaled(-along, unit, 0, residual, 0, rows);
    error = after;
    picked.push(j);
    units.push(unit);
    r.push([...row, length]);
    c.push(along);
  }
  // Solves R w = c by back substitution.
  const coefficients = c.slice();
  for (let n = c.length - 1; n >= 0; n--) {
    coefficients[n]! /= r[n]![n]!;
    for (let i = 0; i < n; i++) coefficients[i]! -= r[n]![i]! * coefficients[n]!;
  }
  return { picked, coefficients, error };
}
