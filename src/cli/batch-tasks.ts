import { parse } from 'node:path';
import type { Input, InputFailure, Resize } from '../io/index.js';
import { collisionGuard, type OutputPlan, outputOf } from './outputs.js';

/** One file to make of one input; `output` is '-' for stdout. */
export interface Task {
  input: Input;
  output: string;
  resize?: Resize | undefined;
}

/** What cannot be begun, and why. */
export interface TaskFailure {
  input: { path: string };
  error: unknown;
}

/**
 * The files that a run makes, in order: of each input one, or one for each of the `widths`, whose names end in -640 and so on. Two that would be
 * written to one output: the second is a failure, COLLISION.
 */
export function tasksOf(
  items: readonly (Input | InputFailure)[],
  plan: OutputPlan,
  extension: string,
  { resize, widths }: { resize?: Resize | undefined; widths?: readonly number[] | undefined } = {},
): (Task | TaskFailure)[] {
  const guard = collisionGuard();
  return items.flatMap((item): (Task | TaskFailure)[] => {
    if ('error' in item) return [{ input: item, error: item.error }];
    const wanted = widths?.map(width => ({ resize: { width }, end: `-${width}` })) ?? [{ resize, end: '' }];
    return wanted.map(({ resize, end }) => {
      const output = withEnd(outputOf(item, plan, extension), end);
      try {
        guard(item.path, output);
        return { input: item, output, resize };
      } catch (error) {
        return { input: item, error };
      }
    });
  });
}

/** 'out/photo.lrk' and '-640' -> 'out/photo-640.lrk'. */
function withEnd(path: string, end: string): string {
  if (path === '-' || !end) return path;
  const { ext } = parse(path);
  return `${path.slice(0, path.length - ext.length)}${end}${ext}`;
}
