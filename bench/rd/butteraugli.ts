import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import type { Rgb } from './pictures.js';

const COMMAND = 'butteraugli_main';

/** Is libjxl's command installed (Debian: libjxl-devtools)? */
export const hasButteraugli = (): boolean => spawnSync(COMMAND).error === undefined;

/** Distance of two pictures of one size by butteraugli, 3-norm of its map: 0 is identical, larger is worse. Throws if libjxl's command fails. */
export async function butteraugli(original: Rgb, picture: Rgb): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lowrank-butteraugli-'));
  try {
    const files = [path.join(folder, 'a.png'), path.join(folder, 'b.png')] as const;
    await Promise.all([write(original, files[0]), write(picture, files[1])]);
    const { stdout, stderr, error } = spawnSync(COMMAND, files, { encoding: 'utf8' });
    const norm = /3-norm: (?<norm>[\d.]+)/.exec(stdout ?? '')?.groups?.norm;
    if (norm === undefined) throw new Error(`${COMMAND}: ${error?.message ?? `${stdout}${stderr}`}`);
    return Number(norm);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const write = ({ data, width, height }: Rgb, file: string): Promise<unknown> =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toFile(file);
