import { encodeImage } from 'lowrank/node';
import { expect, test } from 'vitest';
import { parseSize } from '../../src/cli/numbers.js';
import { smooth } from '../unit/io/pictures.js';
import { lowrank, newPlace } from './harness.js';

const usageErrors: Record<string, string[]> = {
  'no command': [],
  'an unknown command': ['compress', 'a.png'],
  'an unknown option': ['encode', 'a.png', '--lossless'],
  'no input': ['encode'],
  'quality and PSNR': ['encode', 'a.png', '--quality', '50', '--psnr', '30'],
  'size and bpp': ['encode', 'a.png', '--size', '10k', '--bpp', '1'],
  'quality beyond 100': ['encode', 'a.png', '--quality', '101'],
  'quality that is no number': ['encode', 'a.png', '--quality', 'high'],
  'a negative PSNR': ['encode', 'a.png', '--psnr', '-3'],
  'no bits at all': ['encode', 'a.png', '--bpp', '0'],
  'half a rank': ['encode', 'a.png', '--rank', '1.5'],
  'rank 0': ['decode', 'a.lrk', '--rank', '0'],
  'a size without digits': ['encode', 'a.png', '--size', 'k'],
  'an unknown layout': ['encode', 'a.png', '--layout', 'wavelet'],
  'an unknown basis': ['encode', 'a.png', '--basis', 'fft'],
  'an unknown tune': ['encode', 'a.png', '--tune', 'vmaf'],
  'effort 0': ['encode', 'a.png', '--effort', '0'],
  'a PSNR that no file has': ['encode', 'a.png', '--psnr', '131'],
  'a part size between two': ['encode', 'a.png', '--part-size', '300'],
  'more frames a second than there are': ['encode', 'a.png', '-o', 'a.lrk', '--fps', '1001'],
  'a placeholder of a sequence': ['encode', 'a.png', '--placeholder', '--fps', '3'],
  'a third of the size': ['decode', 'a.lrk', '--scale', '3'],
  'a cut at a third': ['truncate', 'a.lrk', '-o', 'b.lrk', '--scale', '3'],
  'a tag with factors': ['info', 'a.lrk', '--html', '--factors'],
  'truncate without an output': ['truncate', 'a.lrk', '--rank', '3'],
  'truncate without a target': ['truncate', 'a.lrk', '-o', 'b.lrk'],
  'truncate with two targets': ['truncate', 'a.lrk', '-o', 'b.lrk', '--rank', '3', '--size', '3k'],
  'truncate of two files': ['truncate', 'a.lrk', 'b.lrk', '-o', 'c.lrk', '--rank', '3'],
  'an empty -o': ['encode', 'a.png', '-o', ''],
  '--json and pictures on stdout': ['encode', '-', '--json'],
};

for (const [name, args] of Object.entries(usageErrors))
  test(`Usage error, exit code 2: ${name}`, async () => {
    const { code, stdout, stderr } = await lowrank(args);
    expect(code).toBe(2);
    expect(stdout.length).toBe(0);
    expect(stderr.join('\n')).toMatch(/error: |Usage: /);
    expect(stderr.join('\n')).not.toMatch(/^ +at /m);
  });

test('A number out of range is reported with the valid range', async () => {
  for (const [args, words] of [
    [['encode', 'a.png', '--psnr', '-3'], 'a number from 1 to 130.'],
    [['encode', 'a.png', '--fps', '0'], 'a number above 0 and at most 1000.'],
    [['decode', 'a.lrk', '--scale', '3'], '1, 2, 4 or 8.'],
  ] as const)
    expect((await lowrank(args)).stderr.join()).toMatch(new RegExp(`Expected ${words}$`));
});

test('Several inputs with one file as -o are a usage error', async () => {
  const place = await newPlace();
  const file = await place.put('a.png', '');
  const other = await place.put('b.png', '');
  expect((await lowrank(['encode', file, other, '-o', other])).code).toBe(2);
  expect((await lowrank(['encode', file, other, '-o', '-'])).code).toBe(2);
});

test('Help goes to stdout with exit code 0, with examples for every command', async () => {
  for (const args of [
    ['--help'],
    ...['encode', 'decode', 'info', 'truncate', 'explore'].map(command => [command, '--help']),
  ]) {
    const { code, stdout, stderr } = await lowrank(args);
    expect([code, stderr]).toEqual([0, []]);
    const examples = stdout.toString().split('Examples:\n')[1]!;
    expect(examples).toContain(`lowrank ${args.length > 1 ? args[0] : 'encode'} `);
  }
});

test('Every command line of the examples is valid', async () => {
  const { EXAMPLES } = await import('../../src/cli/examples.js');
  const place = await newPlace();
  const examples = Object.values(EXAMPLES).flatMap(text => text.match(/lowrank [^|>\n]*/g)!);
  expect(examples.length).toBeGreaterThan(12);
  for (const example of examples) {
    // three blanks start a remark; inputs and outputs are replaced by names of missing files
    const words = example.split('   ')[0]!.split('<')[0]!.trim().split(' ').slice(1);
    const moved = words.map((word, i) =>
      i > 0 && /[./]|^photos$|^out$/.test(word) && !/^[\d.-]/.test(word)
        ? place.at(word.replaceAll("'", ''))
        : word,
    );
    // Without a picture the explorer would serve until it is stopped.
    if (moved.join() === 'explore') moved.push(place.at('none.png'));
    const { code, stderr } = await lowrank(moved);
    expect(code, `${example}: ${stderr.join(' ')}`).toBe(1);
  }
});

test('--version prints the version of the package', async () => {
  const { version } = (await import('../../package.json', { with: { type: 'json' } })).default;
  const { code, stdout } = await lowrank(['--version']);
  expect([code, stdout.toString()]).toEqual([0, `${version}\n`]);
});

test('Sizes are plain, or in units of 1,000 or 1,024 bytes', () => {
  const sizes = {
    '1': 1,
    '120k': 120_000,
    '120KB': 120_000,
    '1.5M': 1_500_000,
    '64Ki': 65_536,
    '2MiB': 2_097_152,
    '1g': 1e9,
  };
  for (const [text, size] of Object.entries(sizes)) expect(parseSize(text)).toBe(size);
  for (const text of ['', '0', '-1', '1e3', 'k', '1 2', '0.1', '1t', '0x10', '99999999999g'])
    expect(() => parseSize(text), text).toThrow(/size/);
});

test('--quiet leaves only errors on stderr, --verbose adds their stack; both work before and after the command', async () => {
  const place = await newPlace();
  const input = await place.put('a.png', (await encodeImage(smooth(16, 16))).bytes);
  const none = place.at('none.png');
  for (const args of [
    ['encode', input, none, '-q', '-f'],
    ['--quiet', 'encode', input, none, '-f'],
    ['encode', input, none, '-fq'],
    ['encode', input, none, '-qf'],
  ]) {
    const { code, stdout, stderr } = await lowrank(args);
    expect([code, stdout.length, stderr.length]).toEqual([1, 0, 1]);
    expect(stderr[0]).toContain('NOT_FOUND');
  }
  const { stderr } = await lowrank(['encode', none, '--verbose']);
  expect(stderr.slice(1).join('\n')).toMatch(/IoError[\s\S]*\n +at /);
});

test('Missing folders of an output path are created', async () => {
  const place = await newPlace();
  const input = await place.put('a.png', (await encodeImage(smooth(16, 16))).bytes);
  const file = place.at('new', 'folder', 'a.lrk');
  expect((await lowrank(['encode', input, '-o', file])).code).toBe(0);
  expect((await lowrank(['truncate', file, '-o', place.at('cut', 'b.lrk'), '--rank', '64'])).code).toBe(0);
  expect((await lowrank(['decode', file, '-o', place.at('third', 'c.png')])).code).toBe(0);
  expect(await place.files()).toEqual(['a.png', 'cut/b.lrk', 'new/folder/a.lrk', 'third/c.png']);
});
