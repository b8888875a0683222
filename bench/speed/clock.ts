/** The time that one piece of work took, milliseconds. */
export interface Took {
  /** Processor time of all threads of this process. */
  cpu: number;
  wall: number;
}

/** Does something once, and returns the time it took. */
export async function took(work: () => unknown): Promise<Took> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / 1000, wall };
}

/** The median; of an even number of values the lower middle one. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[(values.length - 1) >> 1]!;
