import { expect } from 'vitest';

// Samples are compared as bytes: with vitest's comparison one by one, whole pictures take longer to compare than to decode. If bytes
// differ, vitest finds the difference.
expect.addEqualityTesters([
  (a: unknown, b: unknown): boolean | undefined =>
    isTyped(a) && isTyped(b) && a.constructor === b.constructor && bytesOf(a).equals(bytesOf(b))
      ? true
      : undefined,
]);

const isTyped = (of: unknown): of is NodeJS.TypedArray => ArrayBuffer.isView(of) && !(of instanceof DataView);

const bytesOf = ({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
