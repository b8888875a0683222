/** Work in slices of milliseconds: the caller may do other things after each. */
export type Slices<T> = Generator<undefined, T>;

/** Does all slices at once. */
export function atOnce<T>(slices: Slices<T>): T {
  let result = slices.next();
  while (!result.done) result = slices.next();
  return result.value;
}
