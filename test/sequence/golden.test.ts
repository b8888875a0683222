import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeSequence, encodeGolden, GOLDEN_FILE, GOLDEN_TABLE } from './golden.js';

const bytes = readFileSync(GOLDEN_FILE);

describe('The golden sequence', () => {
  it('matches the table in bytes and samples', () => {
    expect(describeSequence(bytes)).toEqual(JSON.parse(readFileSync(GOLDEN_TABLE, 'utf8')));
  });

  it('is what the encoder writes', async () => {
    expect(bytes.equals(await encodeGolden())).toBe(true);
  });
});
