import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A mutation that caused a failure. */
export interface Finding {
  n: number;
  target: string;
  error: string;
}

/** How far a seed has come: a file, so that a run continues where the last one ended. */
export interface State {
  seed: number;
  /** Mutations tried so far, all from 0 on. */
  done: number;
  /** Seconds that this took. */
  seconds: number;
  byTarget: Record<string, number>;
  findings: Finding[];
}

const pathOf = (folder: string, seed: number): string => join(folder, `seed-${seed}.json`);

export function readState(folder: string, seed: number): State {
  const path = pathOf(folder, seed);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'));
  return { seed, done: 0, seconds: 0, byTarget: {}, findings: [] };
}

/** Writes a state atomically. */
export function writeState(folder: string, state: State): void {
  mkdirSync(folder, { recursive: true });
  const path = pathOf(folder, state.seed);
  writeFileSync(`${path}.tmp`, `${JSON.stringify(state, undefined, 2)}\n`);
  renameSync(`${path}.tmp`, path);
}

/** Adds a finding, and stores its file if it is the first of its kind. */
export function addFinding(folder: string, state: State, finding: Finding, bytes?: Uint8Array): void {
  const known = ({ error }: Finding): string => error.split('\n').slice(0, 3).join().replace(/\d+/g, '#');
  const first = !state.findings.some(other => known(other) === known(finding));
  state.findings.push(finding);
  if (!first) return;
  const { target, n, error } = finding;
  if (bytes) writeFileSync(join(folder, `${target}-${state.seed}-${n}.lrk`), bytes);
  console.log(`mutation ${n}, ${target}: ${error.split('\n').slice(0, 4).join('\n')}`);
}
