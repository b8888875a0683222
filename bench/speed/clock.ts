/** What one piece of work took, milliseconds. */
export interface Took {
  /** Processor time of all threads of this process. */
  cpu: number;
  wall: number;
}

/** Does something once, and says what it took. */
export async function took(work: () => unknown): Promise<Took> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / 1000, wall };
}

/** The value in the middle; of an even number the lower one of the two. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[(values.length - 1) >> 1]!;
