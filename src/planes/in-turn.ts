/** Does works one after the other. The factors that one has made must not be used once the next begins. */
export function inTurn(works: Iterable<() => void>): void {
  for (const work of works) work();
}
