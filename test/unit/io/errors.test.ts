import { createContext, runInContext } from 'node:vm';
import { expect, it } from 'vitest';
import { oneLine, systemCode } from '../../../src/io/errors.js';

it('Errors of another realm, as those of Node are in Jest, have their code and message', () => {
  const error: unknown = runInContext(
    "Object.assign(new Error('no such\\nfile'), { code: 'ENOENT' })",
    createContext(),
  );
  expect(error instanceof Error).toBe(false);
  expect(systemCode(error)).toBe('ENOENT');
  expect(oneLine(error)).toBe('no such file');
});

it('What is no error has no code, and is its own message', () => {
  for (const thrown of ['broken', null, undefined, 3]) {
    expect(systemCode(thrown)).toBe('');
    expect(oneLine(thrown)).toBe(String(thrown));
  }
});
