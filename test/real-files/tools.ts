import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Independent readers that check results, and their Debian packages. */
export const TOOLS = {
  pillow: { packages: ['python3-pil'], there: () => runs('/usr/bin/python3', ['-c', 'import PIL']) },
  exiftool: { packages: ['libimage-exiftool-perl'], there: () => existsSync('/usr/bin/exiftool') },
  transicc: { packages: ['liblcms2-utils'], there: () => existsSync('/usr/bin/transicc') },
  tiff2rgba: { packages: ['libtiff-tools'], there: () => existsSync('/usr/bin/tiff2rgba') },
  'g++': { packages: ['g++'], there: () => existsSync('/usr/bin/g++') },
  avifdec: { packages: ['libavif-bin'], there: () => existsSync('/usr/bin/avifdec') },
  magick: { packages: ['imagemagick'], there: () => existsSync('/usr/bin/identify') },
} as const;

export type Tool = keyof typeof TOOLS;

function runs(path: string, args: string[]): boolean {
  try {
    execFileSync(path, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Tools that are missing. */
export const missingTools = (): Tool[] => (Object.keys(TOOLS) as Tool[]).filter(tool => !TOOLS[tool].there());
