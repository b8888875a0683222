import { execFileSync } from 'node:child_process';
import { describe, type SuiteAPI, type TestAPI, test } from 'vitest';
import { TOOLS, type Tool } from './tools.js';

/** A test that needs an independent reader: skipped, with its reason, if that is missing; with CI=true it fails. */
export function testWith(tool: Tool): TestAPI | TestAPI['skip'] {
  if (TOOLS[tool].there() || process.env.CI) return test;
  console.warn(`skipped: ${tool} is missing, Debian's ${TOOLS[tool].packages.join(' and ')}`);
  return test.skip as unknown as TestAPI;
}

/** A suite of tests that needs one, likewise. */
export function suiteWith(tool: Tool): SuiteAPI | SuiteAPI['skip'] {
  if (TOOLS[tool].there() || process.env.CI) return describe;
  console.warn(`skipped: ${tool} is missing, Debian's ${TOOLS[tool].packages.join(' and ')}`);
  return describe.skip as unknown as SuiteAPI;
}

/** The JSON that a line of Python with Pillow prints. `path` is `argv[1]`. */
export function pillow(path: string, expression: string): unknown {
  const program = `
import json, sys
from PIL import Image, ImageOps
image = Image.open(sys.argv[1])
print(json.dumps(${expression}))`;
  return JSON.parse(execFileSync('/usr/bin/python3', ['-c', program, path], { encoding: 'utf8' }));
}

/** Tags by exiftool, group and name: { 'IFD0:Make': 'Cam' }. */
export function exifTags(path: string): Record<string, unknown> {
  const [tags] = JSON.parse(
    execFileSync('/usr/bin/exiftool', ['-j', '-G1', '-n', path], { encoding: 'utf8' }),
  ) as [Record<string, unknown>];
  return tags;
}

/** Colours of 8 bits through lcms: from a profile to sRGB, relative colorimetric, not clipped. */
export function inSrgb(profile: string, colours: readonly (readonly number[])[]): number[][] {
  const input = colours.map(colour => colour.join(' ')).join('\n');
  const out = execFileSync('/usr/bin/transicc', ['-n', '-t1', '-i', profile, '-o', '*sRGB'], {
    encoding: 'utf8',
    input: `${input}\n`,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return out
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number));
}

/** The RGBA of a TIFF by libtiff, from the file that tiff2rgba writes. */
export const asRgba = (from: string, to: string): void =>
  void execFileSync('/usr/bin/tiff2rgba', ['-c', 'none', from, to], { stdio: 'ignore' });

/** An AVIF's colours by libavif: code points of primaries, transfer and matrix, and the range. */
export function avifColours(path: string): (string | undefined)[] {
  const said = execFileSync('/usr/bin/avifdec', ['--info', path], { encoding: 'utf8' });
  return ['Color Primaries', 'Transfer Char.', 'Matrix Coeffs.', 'Range'].map(
    field => said.split(`* ${field}`)[1]?.match(/^\s*:\s*(\w+)/)?.[1],
  );
}

/** The pixels of an AVIF by libavif, as a PNG of 16 bits. */
export const avifToPng = (from: string, to: string): void =>
  void execFileSync('/usr/bin/avifdec', ['-d', '16', from, to], { stdio: 'ignore' });
