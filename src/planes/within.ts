import type { Factor } from './factor.js';
import type { Window } from './factors.js';

/** The blocks of a factor that lie in a window, with what `recompose` needs. No run crosses the window's borders. */
export function within(of: Factor, { left, top, cols, rows }: Window): Factor {
  // Mostly the whole picture is wanted, and nothing need be made anew.
  if (of.cols === cols && of.rows === rows) return of;
  const inside = (_: unknown, b: number): boolean => {
    const x = of.left - left + (b % of.cols);
    const y = of.top - top + Math.floor(b / of.cols);
    return x >= 0 && x < cols && y >= 0 && y < rows;
  };
  return { ...of, cols, rows, positions: of.positions.filter(inside), ends: of.ends.filter(inside) };
}
