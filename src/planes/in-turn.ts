/** Does works one after the other. Nobody wants the factors that one has made when another begins, now or later. */
export function inTurn(works: Iterable<() => void>): void {
  for (const work of works) work();
}
