// What src/encode/levels and src/planes/write-factors.ts do with levels.

/** Levels laid out plane after plane: `size` of each block, block after block, become `blocks` of each plane. Sixteen blocks at a time, so that what is written fills lines of the cache. */
export function planesOf(from: usize, blocks: i32, size: i32, to: usize): void {
  const row = (<usize>size) << 2;
  const plane = (<usize>blocks) << 2;
  const whole = blocks & ~15;
  for (let b = 0; b < whole; b += 16) {
    for (let k = 0; k < size; k += 4) {
      let at = from + <usize>b * row + ((<usize>k) << 2);
      let out = to + <usize>k * plane + ((<usize>b) << 2);
      for (let n = 0; n < 4; n++, at += 4 * row, out += 16) {
        const p = v128.load(at);
        const q = v128.load(at + row);
        const r = v128.load(at + 2 * row);
        const s = v128.load(at + 3 * row);
        const a = v128.shuffle<i32>(p, q, 0, 4, 1, 5);
        const c = v128.shuffle<i32>(r, s, 0, 4, 1, 5);
        const d = v128.shuffle<i32>(p, q, 2, 6, 3, 7);
        const e = v128.shuffle<i32>(r, s, 2, 6, 3, 7);
        v128.store(out, v128.shuffle<i64>(a, c, 0, 2));
        v128.store(out + plane, v128.shuffle<i64>(a, c, 1, 3));
        v128.store(out + 2 * plane, v128.shuffle<i64>(d, e, 0, 2));
        v128.store(out + 3 * plane, v128.shuffle<i64>(d, e, 1, 3));
      }
    }
  }
  for (let b = whole; b < blocks; b++)
    for (let k = 0; k < size; k++)
      store<i32>(
        to + <usize>k * plane + ((<usize>b) << 2),
        load<i32>(from + <usize>b * row + ((<usize>k) << 2)),
      );
}
