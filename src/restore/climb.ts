/** Moves the integers x, one at a time, by one, within +-most, while `value` grows; at most `rounds` times through. Returns its value. */
export function climb(x: number[], most: number, rounds: number, value: (x: number[]) => number): number {
  let best = value(x);
  for (let round = 0, moved = true; moved && round < rounds; round++) {
    moved = false;
    for (let i = 0; i < x.length; i++)
      for (const by of [-1, 1]) {
        const was = x[i]!;
        if (Math.abs(was + by) > most) continue;
        x[i] = was + by;
        const here = value(x);
        if (here > best + 1e-9) {
          best = here;
          moved = true;
        } else x[i] = was;
      }
  }
  return best;
}
