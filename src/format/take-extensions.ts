import type { Extension } from './extension.js';

/** Finds the bytes of the extensions that begin at byte `at`, before or after the coded data; returns where they end. */
export function takeExtensions(
  bytes: Uint8Array,
  extensions: readonly Extension[],
  behind: boolean,
  at: number,
): number {
  for (const extension of extensions)
    if (extension.type % 2 === Number(behind)) extension.bytes = bytes.subarray(at, (at += extension.length));
  return at;
}
