/**
 * Takes what is to be said of items as they end and says it in their order: what comes early waits. Resolves when all that could be said has been.
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
