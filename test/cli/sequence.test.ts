import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { decodeBackground, decodeSequence, encode, inspectSequence } from 'lowrank';
import { decodeClip, encodeImage, readImage } from 'lowrank/node';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { CLIP, drawClip } from '../../samples/clip.js';
import { lowrank, newPlace } from './harness.js';

const frames = drawClip().slice(0, 4);
let place: Awaited<ReturnType<typeof newPlace>>;
beforeAll(async () => {
  place = await newPlace();
  for (const [t, frame] of frames.entries())
    await place.put(`in/f${t}.png`, (await encodeImage(frame)).bytes);
});
const inputs = (): string[] => frames.map((_, t) => place.at(`in/f${t}.png`));
/** Where the frames of a sequence begin. */
const firstFrameOf = (bytes: Uint8Array): number => {
  const checksum = 4;
  return inspectSequence(bytes).frameBytes.reduce((left, size) => left - size, bytes.length - checksum);
};
const clip = (): string => place.at('clip.lrk');

describe('lowrank encode and decode of a clip', () => {
  it('makes a sequence of several pictures, and says what it is', async () => {
    const { code, stderr } = await lowrank([
      'encode',
      ...inputs(),
      '-o',
      clip(),
      '--fps',
      '20',
      '--quality',
      '60',
    ]);
    expect(code).toBe(0);
    expect(stderr[0]).toMatch(
      / -> .*clip\.lrk: 4 frames of 88 x 60, 0\.20 s, [\d,]+ bytes, 0\.\d+ bpp, \d+\.\d+ dB, took/,
    );
    expect(inspectSequence(readFileSync(clip()))).toMatchObject({
      frames: 4,
      durations: [50, 50, 50, 50],
      complete: true,
    });
  });

  it('writes into a folder the frames that the library decodes', async () => {
    const { code } = await lowrank(['decode', clip(), '-o', place.at('out')]);
    expect(code).toBe(0);
    expect(readdirSync(place.at('out'))).toEqual(['001.png', '002.png', '003.png', '004.png']);
    const third = [...decodeSequence(readFileSync(clip()), { channels: 'file' })][2]!;
    const { raster } = await readImage(place.at('out/003.png'));
    expect(Buffer.from(raster.data).equals(Buffer.from(third.data))).toBe(true);
  });

  it('writes an animation with timing and loops', async () => {
    for (const name of ['clip.gif', 'clip.webp']) {
      expect((await lowrank(['decode', clip(), '-o', place.at(name)])).code).toBe(0);
      const { pages, delay, width, pageHeight } = await sharp(place.at(name), { animated: true }).metadata();
      expect([pages, width, pageHeight, delay]).toEqual([4, CLIP.width, CLIP.height, [50, 50, 50, 50]]);
    }
  });

  it('creates the folder in the name of an animation or a frame', async () => {
    for (const [name, ...more] of [['new/clip.gif'], ['newer/frame.png', '--frame', '2']]) {
      expect((await lowrank(['decode', clip(), '-o', place.at(name!), ...more])).code).toBe(0);
      expect(readFileSync(place.at(name!)).length).toBeGreaterThan(100);
    }
  });

  it('turns each sequence in a folder into a folder of frames, and each other file into a picture', async () => {
    await place.put('both/clip.lrk', readFileSync(clip()));
    await place.put('both/one.lrk', encode(frames[0]!, { quality: 30 }));
    const args = ['decode', place.at('both'), '-r', '-o', place.at('apart'), '--json'];
    const { code, objects } = await lowrank(args);
    expect([code, objects.map(({ output }) => output)]).toEqual([
      0,
      [place.at('apart/clip'), place.at('apart/one.png')],
    ]);
    expect(readdirSync(place.at('apart/clip'))).toEqual(['001.png', '002.png', '003.png', '004.png']);
    expect((await lowrank(args)).objects.map(({ error }) => error.code)).toEqual(['EXISTS', 'EXISTS']);
    expect((await lowrank([...args, '-f'])).code).toBe(0);
  });

  it('writes one frame, or the background, as a picture', async () => {
    const bytes = readFileSync(clip());
    expect((await lowrank(['decode', clip(), '-o', place.at('two.png'), '--frame', '2'])).code).toBe(0);
    expect((await lowrank(['decode', clip(), '-o', place.at('still.png'), '--background'])).code).toBe(0);
    const two = await readImage(place.at('two.png'));
    expect([...two.raster.data]).toEqual([...[...decodeSequence(bytes, { channels: 'file' })][1]!.data]);
    const still = await readImage(place.at('still.png'));
    expect([...still.raster.data]).toEqual([...decodeBackground(bytes, { channels: 'file' }).data]);
    const jpegs = ['--frame', '1', '--format', 'jpeg'];
    for (const output of [place.at('bare'), `${place.at('new')}/`])
      expect((await lowrank(['decode', clip(), '-o', output, ...jpegs])).code).toBe(0);
    for (const path of ['bare', 'new/clip.jpg'])
      expect((await readImage(place.at(path))).format).toBe('jpeg');
    const beyond = await lowrank(['decode', clip(), '-o', place.at('x.png'), '--frame', '5']);
    expect([beyond.code, beyond.stderr[0]]).toEqual([1, expect.stringMatching(/OPTION: frame: got 5/)]);
  });

  it('reports of one picture what it wrote, and the bytes that it read for that', async () => {
    const whole = readFileSync(clip());
    const { frameBytes, factorBytes } = inspectSequence(whole);
    const sum = (sizes: number[]): number => sizes.reduce((all, size) => all + size, 0);
    const first = whole.length - 4 - sum(frameBytes); // after the frames comes a CRC-32
    expect(first).toBeGreaterThan(sum(factorBytes));
    for (const [args, figures, line] of [
      [['--frame', '3'], { frame: 3, duration: 50, bytes: first + sum(frameBytes.slice(0, 3)) }, 'frame 3,'],
      [['--background'], { background: true, duration: 0, bytes: first }, 'background,'],
      [['--frame', '3', '--rank', '1'], { frame: 3, duration: 50, bytes: first }, 'frame 3,'],
    ] as const) {
      const all = ['decode', clip(), '-o', place.at('reported.png'), '-f', ...args];
      const { objects } = await lowrank([...all, '--json']);
      expect(objects).toMatchObject([{ ...figures, frames: 1, rank: 1 }]);
      expect(objects[0].bpp).toBeCloseTo((8 * figures.bytes) / (88 * 60), 5);
      const bytes = figures.bytes.toLocaleString('en-US');
      expect((await lowrank(all)).stderr[0]).toContain(`: ${line} 88 x 60, from ${bytes} bytes, `);
    }
    const cut = await place.put('cut.lrk', whole.subarray(0, first + sum(frameBytes.slice(0, 2))));
    const notes = async (...args: string[]): Promise<string[]> =>
      (await lowrank(['decode', cut, '-o', place.at('cut.png'), '-f', '--json', ...args])).objects[0].notes;
    expect(await notes('--frame', '2')).toBeUndefined();
    expect(await notes('--background')).toBeUndefined();
    expect(await notes('--frame', '3')).toEqual([expect.stringMatching(/cut short before frame 3/)]);
  });

  it('an aborted signal keeps any picture of a sequence from being written', async () => {
    for (const which of [{ frame: 2 }, { background: true }]) {
      const options = { ...which, signal: AbortSignal.abort() };
      await expect(decodeClip(clip(), place.at('aborted.png'), options)).rejects.toMatchObject({
        code: 'ABORTED',
      });
    }
    expect(readdirSync(place.at('.'))).not.toContain('aborted.png');
  });

  it('makes a sequence of an animation, and of a folder', async () => {
    const again = await lowrank([
      'encode',
      place.at('clip.gif'),
      '-o',
      place.at('again.lrk'),
      '--json',
      '--quality',
      '40',
    ]);
    expect(again.objects[0]).toMatchObject({ frames: 4, duration: 200, rank: 1 });
    const folder = await lowrank([
      'encode',
      place.at('in'),
      '-o',
      place.at('folder.lrk'),
      '--temporal-rank',
      '2',
      '--quality',
      '40',
    ]);
    expect(folder.code).toBe(0);
    expect(inspectSequence(readFileSync(place.at('folder.lrk')))).toMatchObject({ frames: 4, rank: 2 });
  });

  it('decodes and describes a sequence from stdin', async () => {
    const stdin = readFileSync(clip());
    const decoded = await lowrank(['decode', '-', '-o', place.at('piped')], { stdin });
    expect([decoded.code, decoded.stderr[0]]).toEqual([0, expect.stringMatching(/^- -> .*piped: 4 frames/)]);
    for (const name of ['001.png', '004.png'])
      expect(readFileSync(place.at(`piped/${name}`))).toEqual(readFileSync(place.at(`out/${name}`)));
    const one = ['decode', '-', '-o', place.at('third.png'), '--frame', '3', '--json'];
    expect((await lowrank(one, { stdin })).objects).toMatchObject([{ input: '-', frames: 1, frame: 3 }]);
    expect(readFileSync(place.at('third.png'))).toEqual(readFileSync(place.at('out/003.png')));
    const nowhere = await lowrank(['decode', '-'], { stdin });
    expect([nowhere.code, nowhere.stderr[0]]).toEqual([2, expect.stringMatching(/name a folder or a file/)]);
    const picture = readFileSync(place.at('out/001.png'));
    const none = await lowrank(['decode', '-', '-o', place.at('no.png'), '--frame', '1'], { stdin: picture });
    expect([none.code, none.stderr[0]]).toEqual([2, expect.stringMatching(/for one sequence/)]);
    expect((await lowrank(['info', '-', '--json'], { stdin })).objects).toMatchObject([
      { input: '-', sequence: true, frames: 4 },
    ]);
    const tag = await lowrank(['info', '-', '--html', '--placeholder'], { stdin });
    expect(tag.stdout.toString()).toMatch(/^<lowrank-img src="stdin.lrk".* width="88" height="60"/);
  });

  it('describes a sequence in info, in words and as JSON', async () => {
    const { stdout } = await lowrank(['info', place.at('folder.lrk')]);
    expect(stdout.toString()).toMatch(
      /frames {5}4 of 88 x 60, RGB, 8 bits a sample\n.*duration {3}0\.16 s, shown for ever\n/,
    );
    expect(stdout.toString()).toMatch(
      /temporal rank 2\n.*background +[\d,]+ bytes\n.*factor 2 +[\d,]+ bytes\n/,
    );
    const { objects } = await lowrank(['info', '--json', clip()]);
    expect(objects[0]).toMatchObject({
      sequence: true,
      frames: 4,
      duration: 200,
      rank: 1,
      width: 88,
      complete: true,
    });
  });
});

describe('An impossible clip is refused, and leaves nothing behind', () => {
  it('names the frame that has another size or is broken', async () => {
    await place.put('bad/1.png', readFileSync(inputs()[0]!));
    await place.put(
      'bad/2.png',
      (await encodeImage({ ...frames[0]!, height: 30, data: frames[0]!.data.subarray(0, 88 * 30 * 3) }))
        .bytes,
    );
    const odd = await lowrank(['encode', place.at('bad'), '-o', place.at('bad.lrk')]);
    expect([odd.code, odd.stderr[0]]).toEqual([1, expect.stringMatching(/frame 2: 88 x 30 pixels/)]);
    await place.put('torn/1.png', readFileSync(inputs()[0]!));
    await place.put('torn/2.png', readFileSync(inputs()[1]!).subarray(0, 600));
    await place.put('torn/3.png', readFileSync(inputs()[2]!));
    const torn = await lowrank(['encode', place.at('torn'), '-o', place.at('torn.lrk')]);
    expect([torn.code, torn.stderr[0]]).toEqual([1, expect.stringMatching(/frame 2: /)]);
    mkdirSync(place.at('none'));
    const none = await lowrank(['encode', place.at('none'), '-o', place.at('none.lrk')]);
    expect([none.code, none.stderr[0]]).toEqual([1, expect.stringMatching(/NO_MATCH/)]);
    const one = await lowrank(['encode', inputs()[0]!, '-o', place.at('one.lrk'), '--fps', '25']);
    expect([one.code, one.stderr[0]]).toEqual([1, expect.stringMatching(/one frame alone/)]);
    expect(
      readdirSync(place.at('.')).filter(name => /^(bad|torn|none|one)\.lrk$|^\.lowrank/.test(name)),
    ).toEqual([]);
  });

  it('names the damaged frame of a sequence, and leaves no folder', async () => {
    const damaged = readFileSync(clip());
    damaged[damaged.length - 6]! ^= 1;
    await place.put('damaged.lrk', damaged);
    const { code, stderr } = await lowrank(['decode', place.at('damaged.lrk'), '-o', place.at('damaged')]);
    expect([code, stderr[0]]).toEqual([1, expect.stringMatching(/CORRUPT: frame 4/)]);
    expect(readdirSync(place.at('.')).filter(name => /^damaged$|^\.lowrank/.test(name))).toEqual([]);
  });

  it('refuses a folder that is not empty, unless forced', async () => {
    expect((await lowrank(['decode', clip(), '-o', place.at('out')])).stderr[0]).toMatch(
      /EXISTS: .*; --force overwrites frames/,
    );
    expect((await lowrank(['decode', clip(), '-o', place.at('out'), '--force'])).code).toBe(0);
    expect((await lowrank(['encode', ...inputs(), '-o', clip()])).stderr[0]).toMatch(/EXISTS/);
  });

  it('with --update skips a folder of frames that is up to date, and leaves alone a folder that it did not make', async () => {
    await place.put('some/clip.lrk', readFileSync(clip()));
    const args = ['decode', place.at('some'), '-r', '-o', place.at('kept'), '--update', '--json'];
    const said = async (...more: string[]): Promise<string[]> =>
      (await lowrank([...args, ...more])).objects.map(
        ({ action, error, frames }) => action ?? error?.code ?? frames,
      );
    expect(await said('--dry-run')).toEqual(['make']);
    expect(await said()).toEqual([4]);
    expect(await said()).toEqual(['skip']);
    await lowrank(['encode', ...inputs(), '-o', place.at('some/clip.lrk'), '--quality', '30', '--force']);
    expect(await said()).toEqual([4]);
    expect(await said()).toEqual(['skip']);
    await place.put('kept/clip/002.png', 'mine');
    for (const more of [['--dry-run'], []]) expect(await said(...more)).toEqual(['EXISTS']);
    expect(readFileSync(place.at('kept/clip/002.png'), 'utf8')).toBe('mine');
    expect(await said('--force')).toEqual([4]);
  });

  it('refuses options for sizes, in the words of the command', async () => {
    await lowrank(['decode', clip(), '-o', place.at('sizes.gif')]);
    for (const option of [
      ['--resize', '40x'],
      ['--widths', '40'],
    ])
      expect((await lowrank(['encode', place.at('sizes.gif'), ...option])).stderr[0]).toMatch(
        /takes no --resize or --widths: use --still/,
      );
  });

  it('says which option belongs to what', async () => {
    for (const args of [
      ['encode', ...inputs(), '-o', place.at('x.lrk'), '--layout', 'block'],
      ['encode', ...inputs(), '--fps', '20'],
      ...['x.png', 'x.apng', 'x.bmp', 'x.lrk', 'x.mp4'].map(name => ['decode', clip(), '-o', place.at(name)]),
      ['decode', inputs()[0]!, '--background'],
      ['encode', ...inputs(), '-o', place.at('x.lrk'), '--part-size', '256'],
      ...[['--dry-run'], ['--update'], ['--watch'], ['--scale', '2'], ['--region', '0,0,8,8']].map(option => [
        'decode',
        clip(),
        '-o',
        place.at('x'),
        ...option,
      ]),
      ['decode', '-', '--frame', '1'],
      ['decode', clip(), '-o', place.at('x.bmp'), '--frame', '1'],
      ['decode', clip(), '-o', place.at('x.png'), '--frame', '1', '--format', 'jpeg'],
    ])
      expect((await lowrank(args)).code).toBe(2);
    expect(readdirSync(place.root).filter(name => /^x/.test(name))).toEqual([]);
  });
});

describe('lowrank decode --tolerant of a sequence', () => {
  const sequence = (): Buffer => readFileSync(clip());
  const at = (frame: number): number => {
    const bytes = sequence();
    const { frameBytes } = inspectSequence(bytes);
    return firstFrameOf(bytes) + frameBytes.slice(0, frame - 1).reduce((sum, size) => sum + size, 0);
  };
  const damagedAt = async (name: string, offset: number): Promise<string> => {
    const bytes = sequence();
    bytes[offset]! ^= 0x40;
    return place.put(name, bytes);
  };

  it('writes the frames before the damage, and says what is lost', async () => {
    const input = await damagedAt('hurt/third.lrk', at(3) + 5);
    const refused = await lowrank(['decode', input, '-o', place.at('refused')]);
    expect([refused.code, refused.stderr[0]]).toEqual([1, expect.stringContaining('CORRUPT: frame 3')]);
    const note = `damaged: frame 3: check, bytes ${at(3)} to ${sequence().length}: decoded are 2 of 4 frames, those before it`;
    for (const more of [[], ['-r']]) {
      const folder = place.at(`two${more}`);
      const from = more.length > 0 ? place.at('hurt') : input;
      const { code, objects } = await lowrank([
        'decode',
        '--tolerant',
        '--json',
        from,
        '-o',
        folder,
        ...more,
      ]);
      expect([code, objects[0].notes]).toEqual([0, [note]]);
      expect(objects[0]).toMatchObject({ frames: 2, duration: 100, bytes: at(3) });
      const out = more.length > 0 ? `${folder}/third` : folder;
      expect(readdirSync(out)).toEqual(['001.png', '002.png']);
      const second = [...decodeSequence(sequence(), { channels: 'file' })][1]!;
      expect(
        Buffer.from((await readImage(`${out}/002.png`)).raster.data).equals(Buffer.from(second.data)),
      ).toBe(true);
    }
    for (const name of ['two.gif', 'two.webp']) {
      const { code, stderr } = await lowrank(['decode', '--tolerant', input, '-o', place.at(name)]);
      expect([code, stderr[0]]).toEqual([0, `${input}: note: ${note}`]);
      expect((await sharp(place.at(name), { animated: true }).metadata()).pages).toBe(2);
    }
  });

  it('writes one frame from before the damage, and none from behind it', async () => {
    const input = await damagedAt('third.lrk', at(3) + 5);
    const frame = (n: string) =>
      lowrank(['decode', '--tolerant', input, '-o', place.at(`t${n}.png`), '--frame', n]);
    expect((await frame('2')).code).toBe(0);
    const behind = await frame('4');
    expect([behind.code, behind.stderr[0]]).toEqual([1, expect.stringContaining('CORRUPT: frame 3')]);
  });

  it('needs a frame before the damage', async () => {
    for (const [name, offset, field] of [
      ['first.lrk', at(1) + 5, 'frame 1'],
      ['factor.lrk', at(1) - 30, ''],
      ['header.lrk', 9, ''],
    ] as const) {
      const { code, stderr } = await lowrank([
        ...['decode', '--tolerant', await damagedAt(name, offset)],
        ...['-o', place.at(`lost-${name}`.replace('.lrk', ''))],
      ]);
      expect([code, stderr[0]]).toEqual([1, expect.stringContaining(`CORRUPT: ${field}`)]);
    }
    expect(readdirSync(place.root).filter(name => name.startsWith('lost'))).toEqual([]);
  });

  it('writes all frames where only the checksum differs', async () => {
    const input = await damagedAt('sum.lrk', sequence().length - 1);
    const { code, stderr } = await lowrank(['decode', '--tolerant', input, '-o', place.at('all')]);
    expect([code, stderr[0]]).toEqual([
      0,
      expect.stringMatching(/damaged: checksum, .*: all frames are decoded$/),
    ]);
    expect(readdirSync(place.at('all')).length).toBe(4);
  });

  it('writes a background as far as the layer before the damage, whatever is behind it', async () => {
    for (const offset of [at(1) - 30, at(3) + 5]) {
      const input = await damagedAt('background.lrk', offset);
      const { code, stderr } = await lowrank([
        ...['decode', '--tolerant', input, '--background', '--force'],
        ...['-o', place.at('tolerant.png')],
      ]);
      expect([code, stderr[0]]).toEqual([0, expect.stringContaining('note: damaged: f')]);
      const whole = decodeBackground(sequence(), { channels: 'file' });
      const { raster } = await readImage(place.at('tolerant.png'));
      expect(Buffer.from(raster.data).equals(Buffer.from(whole.data))).toBe(offset > at(1));
    }
  });
});
