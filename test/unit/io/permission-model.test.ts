import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './pictures.js';

const ROOT = join(import.meta.dirname, '../../..');
// Its name until Node 22.13 and 23.5.
const FLAG = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

test("Node's permission model lets files be written that it allows, and encodeAsync says what it forbids", async () => {
  const folder = realpathSync(await temporaryFolder());
  const path = join(folder, 'out.bin');
  const script = `
    import { encodeAsync, writeAtomically } from 'lowrank/node';
    await writeAtomically(${JSON.stringify(path)}, Buffer.from('new'));
    await writeAtomically(${JSON.stringify(path)}, Buffer.from('newer'), { force: true });
    const raster = { width: 1, height: 1, channels: 1, bitDepth: 8, data: new Uint8Array(1) };
    console.log(await encodeAsync(raster).catch(error => [error.message, error.code].join()));
  `;
  const args = [FLAG, '--allow-fs-read=*', `--allow-fs-write=${folder}`, '--input-type=module', '-e', script];
  const said = execFileSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(said.trim()).toBe('no threads are permitted: give Node the option --allow-worker,ERR_ACCESS_DENIED');
  expect(readFileSync(path, 'utf8')).toBe('newer');
});
