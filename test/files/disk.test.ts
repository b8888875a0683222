import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeImage } from '../../src/io/index.js';
import { newPlace, type Place } from '../cli/harness.js';
import { animationOf, movingSquare } from '../unit/io/clips.js';
import { picture } from '../unit/io/pictures.js';

/** This file starts many processes, one after another. */
const TIMEOUT = 400_000;
const MAIN = join(import.meta.dirname, '../../dist/run/main.js');
const BUILD = join(import.meta.dirname, '../kills/build.mjs');
/**
 * A namespace in which file systems can be mounted, invisible to others and gone with the shell: as root, or as a user who is root there.
 */
const ROOM = process.getuid?.() === 0 ? ['-m'] : ['-Urm'];
const hasRoom = spawnSync('unshare', [...ROOM, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;
if (!hasRoom && !process.env.CI)
  console.warn('Full and read-only disks are not tested: no file system may be mounted here.');

/** The output of a command, and its exit code. */
interface Said {
  code: number;
  lines: string[];
}

/**
 * Runs lines of shell beside an empty folder `disk`, in which they mount something. Each `say NAME lowrank ...` is recorded; `disk` is
 * copied to `after` at the end.
 */
async function onDisk(place: Place, script: string): Promise<Record<string, Said>> {
  for (const name of ['disk', 'said', 'after']) await mkdir(place.at(name));
  const lines = `
    set -u
    lowrank() { '${process.execPath}' '${MAIN}' "$@"; }
    build() { '${process.execPath}' '${BUILD}' "$@"; }
    say() { name=$1; shift; "$@" > /dev/null 2> "said/$name"; echo $? > "said/$name.code"; }
    ${script}
    cp -a disk/. after`;
  const { status, stderr } = spawnSync('unshare', [...ROOM, 'bash', '-c', lines], {
    cwd: place.root,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  const said: Record<string, Said> = {};
  for (const name of await readdir(place.at('said')))
    if (!name.endsWith('.code')) {
      const lines = (await readFile(place.at('said', name), 'utf8')).split('\n').filter(line => line !== '');
      said[name] = { code: Number(await readFile(place.at('said', `${name}.code`), 'utf8')), lines };
    }
  return said;
}

/** A picture whose file is fairly large, a small one, and a clip. */
async function filled(): Promise<Place> {
  const place = await newPlace();
  await place.put('big.png', (await encodeImage(picture(112, 112, 3, 8))).bytes);
  await place.put('in/1.png', (await encodeImage(picture(16, 16, 3, 8))).bytes);
  await place.put('in/2.png', (await encodeImage(picture(112, 104, 3, 8))).bytes);
  await place.put('clip.gif', await animationOf(movingSquare(6, 96, 64), 'gif', new Array(6).fill(40), 0));
  return place;
}

test.skipIf(!hasRoom && !process.env.CI)(
  'A full disk is reported in one line; existing files stay whole, and nothing half-written is left',
  async () => {
    const place = await filled();
    const said = await onDisk(
      place,
      `
      lowrank encode clip.gif -o clip.lrk 2> /dev/null
      mount -t tmpfs -o size=20k none disk
      echo old > disk/old.lrk
      say new lowrank encode big.png --quality 95 --effort 1 -o disk/new.lrk
      say onto lowrank encode big.png --quality 95 --effort 1 -o disk/old.lrk --force
      say frames lowrank decode clip.lrk -o disk/frames
      head -c 1m /dev/zero > disk/rest 2> /dev/null
      say cache build disk/cache in/1.png
      rm disk/rest
      say batch lowrank encode in -r --quality 95 --effort 1 -o disk/out --update --jobs 1
      cp -a disk full
      mount -t tmpfs -o remount,size=1m none disk
      say resumed lowrank encode in -r --quality 95 --effort 1 -o disk/out --update`,
    );
    const full = (path: string): string => `WRITE: ${path}: no space left`;
    expect(said.new).toEqual({ code: 1, lines: [`big.png: ${full('disk/new.lrk')}`, '0 encoded, 1 failed'] });
    expect(said.onto!.lines[0]).toBe(`big.png: ${full('disk/old.lrk')}`);
    expect(said.frames!.lines[0]).toBe(`clip.lrk: ${full('disk/frames')}`);
    expect(said.cache!.code).toBe(1);
    expect(said.cache!.lines.join('\n')).toMatch(/IoError: WRITE: .*: no space left/);
    expect(said.batch!.code).toBe(1);
    expect(said.batch!.lines).toContain(`in/2.png: ${full('disk/out/2.lrk')}`);
    const files = (await place.files()).filter(name => name.startsWith('full/'));
    expect(files).toEqual(['full/old.lrk', 'full/out/.lowrank.jsonl', 'full/out/1.lrk']);
    expect(await readFile(place.at('full/old.lrk'), 'utf8')).toBe('old\n');
    expect(said.resumed).toEqual({
      code: 0,
      lines: [
        'in/1.png -> disk/out/1.lrk: up to date',
        expect.stringContaining('in/2.png -> disk/out/2.lrk'),
        '1 encoded, 1 up to date, 0 failed',
      ],
    });
  },
  TIMEOUT,
);

test.skipIf(!hasRoom && !process.env.CI)(
  'A read-only disk is reported in one line, before and after the work',
  async () => {
    const place = await filled();
    const said = await onDisk(
      place,
      `
    mount -t tmpfs none disk
    echo old > disk/old.lrk
    mount -t tmpfs -o remount,ro none disk
    say new lowrank encode in/1.png -o disk/new.lrk
    say onto lowrank encode in/1.png -o disk/old.lrk --force
    say batch lowrank encode in -r -o disk/out`,
    );
    for (const name of ['new', 'onto', 'batch']) {
      expect([name, said[name]!.code]).toEqual([name, 1]);
      expect(said[name]!.lines[0]).toMatch(/^in\/1\.png: WRITE: disk\/.*: the file system is read-only$/);
    }
    expect(await readdir(place.at('after'))).toEqual(['old.lrk']);
  },
  TIMEOUT,
);
