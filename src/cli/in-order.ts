/**
 * Lets items that end in any order be reported in their own order: early ones wait. Resolves when everything reportable so far has been
 * reported.
 */
export function inOrder(): (index: number, say: () => Promise<void>) => Promise<void> {
  const waiting = new Map<number, () => Promise<void>>();
  let next = 0;
  let said = Promise.resolve();
  return (index, say) => {
    waiting.set(index, say);
    for (let ready = waiting.get(next); ready; ready = waiting.get(next)) {
      waiting.delete(next++);
      said = said.then(ready);
    }
    return said;
  };
}
