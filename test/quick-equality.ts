import { expect } from 'vitest';

// Samples are compared as bytes: one by one, as vitest does, whole pictures take longer to compare than to decode. Where bytes differ vitest finds out what does.
expect.addEqualityTesters([
  (a: unknown, b: unknown): boolean | undefined =>
    isTyped(a) && isTyped(b) && a.constructor === b.constructor && bytesOf(a).equals(bytesOf(b))
      ? true
      : undefined,
]);

const isTyped = (of: unknown): of is NodeJS.TypedArray => ArrayBuffer.isView(of) && !(of instanceof DataView);

const bytesOf = ({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
