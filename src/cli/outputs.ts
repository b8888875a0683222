import { stat } from 'node:fs/promises';
import { dirname, join, parse, resolve } from 'node:path';
import { type Input, IoError } from '../io/index.js';
import { UsageError } from './terminal.js';

/** Where the results of a run go. */
export type OutputPlan =
  | { kind: 'beside' } // next to each input
  | { kind: 'stdout' }
  | { kind: 'file'; path: string }
  | { kind: 'folder'; path: string }; // the tree of the inputs below it

/**
 * Interprets -o. '-' is stdout. A path is a folder if it ends in a slash, is an existing folder, or if there are several inputs or one that
 * was found in a folder or by a glob. Throws UsageError if that is impossible.
 */
export async function planOutputs(output: string | undefined, inputs: readonly Input[]): Promise<OutputPlan> {
  if (output === undefined) return { kind: 'beside' };
  if (output === '') throw new UsageError('-o needs a file, a folder or -');
  if (output === '-') {
    if (inputs.length > 1) throw new UsageError(`-o - takes one input, not ${inputs.length}`);
    return { kind: 'stdout' };
  }
  const stats = await stat(output).catch(() => undefined);
  const several = inputs.length > 1 || inputs.some(input => !input.named);
  if (stats?.isDirectory() || /[/\\]$/.test(output)) return { kind: 'folder', path: output };
  if (!several) return { kind: 'file', path: output };
  if (stats)
    throw new UsageError(`-o must be a folder where there are several inputs, and ${output} is not one`);
  return { kind: 'folder', path: output };
}

/** The output for one input: a path, or '-' for stdout. `extension` has its dot. */
export function outputOf(input: Input, plan: OutputPlan, extension: string): string {
  if (plan.kind === 'file') return plan.path;
  if (plan.kind === 'stdout') return '-';
  if (plan.kind === 'beside') return input.path === '-' ? '-' : replaceExtension(input.path, extension);
  return join(plan.path, replaceExtension(input.path === '-' ? 'stdin' : input.relative, extension));
}

function replaceExtension(path: string, extension: string): string {
  return join(dirname(path), parse(path).name + extension);
}

/** The outputs that a run has made, and the inputs they were made from. */
export interface Taken {
  /** Throws COLLISION if the output was made from another input. */
  check(output: string): void;
  /** Takes a name, once its file exists. */
  take(input: string, output: string): void;
}

/** Starts with no outputs. */
export function takenOutputs(): Taken {
  const taken = new Map<string, string>();
  return {
    check(output) {
      const other = output === '-' ? undefined : taken.get(resolve(output));
      if (other !== undefined) throw collision(output, other);
    },
    take: (input, output) => void taken.set(resolve(output), input),
  };
}

/** The error of the second of two inputs with the same output. */
export const collision = (output: string, other: string): IoError =>
  new IoError('COLLISION', {
    path: output,
    reason: `is written from ${other} in the same run; -o gives it another name`,
  });
