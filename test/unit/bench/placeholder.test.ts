import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('Placeholders of the smallest samples are compared, without MS-SSIM', async () => {
  const args = ['--import', 'tsx', 'bench/placeholder.ts', '--images', 'samples', '--match', '^tiny'];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const [, , ...rows] = stdout.trim().split('\n');
  expect(rows.map(row => row.split('|')[1]!.trim())).toEqual([
    'thumbhash',
    'blurhash 4 x 3',
    'blurhash 6 x 5',
    'blurhash 9 x 9',
  ]);
  for (const row of rows) expect(row).toMatch(/\|( [\d.]+ \|){3} - \| - \| \d of 3 \|$/);
});
