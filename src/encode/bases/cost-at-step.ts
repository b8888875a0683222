import { stepOf } from '../../planes/step.js';
import type { Analysis } from '../analyse.js';
import { type CodeOptions, codeAtStep } from '../code-at-step.js';
import { LAMBDA } from '../levels/quantise.js';

/** Squared error + lambda bits of a picture, really coded in one pass at the step `code`. Choices between factors compare these costs. */
export function costAtStep(analysis: Analysis, code: number, options: CodeOptions): number {
  const { bytes, error } = codeAtStep(analysis, code, { ...options, passes: 1 });
  return error + LAMBDA * stepOf(code) ** 2 * 8 * bytes.length;
}
