import { createContext, runInContext } from 'node:vm';
import { expect, it } from 'vitest';
import { oneLine, systemCode } from '../../../src/io/errors.js';

it('Errors of another realm, such as those of Node in Jest, keep code and message', () => {
  const error: unknown = runInContext(
    "Object.assign(new Error('no such\\nfile'), { code: 'ENOENT' })",
    createContext(),
  );
  expect(error instanceof Error).toBe(false);
  expect(systemCode(error)).toBe('ENOENT');
  expect(oneLine(error)).toBe('no such file');
});

it('Values that are not errors have no code, and serve as their own message', () => {
  for (const thrown of ['broken', null, undefined, 3]) {
    expect(systemCode(thrown)).toBe('');
    expect(oneLine(thrown)).toBe(String(thrown));
  }
});
