import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { encode } from '../../src/index.js';
import { encodeImage } from '../../src/io/index.js';
import { animationOf, movingSquare } from '../unit/io/clips.js';
import { picture } from '../unit/io/pictures.js';

/** A run of the program that is killed. */
export interface Scenario {
  name: string;
  /**
   * Arguments; '@a.png' is the path of a.png in the folder of the run, which has the files of `inputs`. The first is the command, or a
   * script beside this file.
   */
  args: readonly string[];
  /** Outputs that exist before the run, each an old one. */
  old?: readonly string[];
  /** The run that completes it after a kill; default: the same with --force. */
  again?: readonly string[];
  /** Folders whose files may be missing while they are replaced. */
  replaced?: string;
  /** Contents that differ from run to run. */
  varies?: RegExp;
}

const FAST = ['--effort', '1'];

export const SCENARIOS: readonly Scenario[] = [
  { name: 'encode', args: ['encode', '@a.png', ...FAST] },
  {
    name: 'encode onto an old file',
    args: ['encode', '@a.png', '-o', '@old.lrk', '--force', ...FAST],
    old: ['old.lrk'],
  },
  { name: 'a batch', args: ['encode', '@in', '-r', '-o', '@out/deep', '--jobs', '2', ...FAST] },
  {
    name: 'a batch that is resumed',
    args: ['encode', '@in', '-r', '-o', '@out', '--jobs', '2', '--update', ...FAST],
    again: ['encode', '@in', '-r', '-o', '@out', '--jobs', '2', '--update', ...FAST],
  },
  {
    name: 'a batch of widths that is resumed',
    args: ['encode', '@in', '-r', '-o', '@out', '--widths', '8,16', '--update', ...FAST],
    again: ['encode', '@in', '-r', '-o', '@out', '--widths', '8,16', '--update', ...FAST],
  },
  { name: 'a sequence', args: ['encode', '@clip.gif', '-o', '@clip.lrk'] },
  { name: 'frames of a sequence', args: ['decode', '@seq.lrk', '-o', '@frames/of/clip'] },
  {
    name: 'frames onto old frames',
    args: ['decode', '@seq.lrk', '-o', '@frames', '--force'],
    old: ['frames/001.png', 'frames/002.png'],
  },
  {
    name: 'an animation onto an old one',
    args: ['decode', '@seq.lrk', '-o', '@seq.gif', '--force'],
    old: ['seq.gif'],
  },
  { name: 'a batch of pictures decoded', args: ['decode', '@lrk', '-r', '-o', '@out', '--format', 'jpeg'] },
  {
    name: 'decode onto an old file',
    args: ['decode', '@lrk/b.lrk', '--format', 'avif', '-o', '@b.avif', '--force'],
    old: ['b.avif'],
  },
  {
    name: 'truncate onto an old file',
    args: ['truncate', '@lrk/b.lrk', '--rank', '6', '-o', '@cut.lrk', '--force'],
    old: ['cut.lrk'],
  },
  {
    name: 'placeholders',
    args: ['encode', '@in', '-r', '--placeholder', '-o', '@out', '--force'],
    old: ['out/1.json'],
  },
  { name: 'separate', args: ['separate', '@clip.gif', '-o', '@parts'] },
  {
    name: 'separate onto old parts',
    args: ['separate', '@clip.gif', '-o', '@parts', '--force'],
    old: ['parts/page.html', 'parts/masks/0001.png', 'parts/masks/0009.png'],
    replaced: 'parts/masks/',
  },
  ...['html', 'svg', 'csv', 'json'].map(kind => ({
    name: `a report in .${kind}`,
    args: ['compare', '@a.png', '--against', 'jpeg', '--ranks', '1,4', '-o', `@report.${kind}`, '--force'],
    old: [`report.${kind}`],
    varies: /"milliseconds": [\d.]+/g,
  })),
  {
    name: 'the cache of a build',
    args: ['build.mjs', '@cache', '@in/1.png', '@in/2.png'],
    again: ['build.mjs', '@cache', '@in/1.png', '@in/2.png'],
  },
];

/** Files that every scenario finds in its folder, by path. */
async function inputs(): Promise<Map<string, Uint8Array>> {
  const png = async (width: number, height: number): Promise<Uint8Array> =>
    (await encodeImage(picture(width, height, 3, 8))).bytes;
  const frames = movingSquare(5);
  const files = new Map<string, Uint8Array>([
    ['a.png', await png(96, 80)],
    ['clip.gif', await animationOf(frames, 'gif', [40, 40, 40, 40, 40], 0)],
  ]);
  for (let i = 1; i <= 6; i++) files.set(`in/${i}.png`, await png(16 + i, 24));
  for (const name of ['b', 'c', 'd'])
    files.set(`lrk/${name}.lrk`, encode(picture(40 + name.charCodeAt(0), 48, 3, 8), { effort: 1 }));
  return files;
}

const files = inputs();

/** Makes the folder of a scenario. `made` are files that were made once for all scenarios. */
export async function prepare(
  root: string,
  { old = [] }: Scenario,
  made: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const put = async (path: string, bytes: Uint8Array): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
  };
  for (const [path, bytes] of [...(await files), ...made]) await put(path, bytes);
  for (const path of old) await put(path, Buffer.from(`an old ${path}`));
}
