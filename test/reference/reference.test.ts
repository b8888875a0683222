import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CodecError, type DecodeOptions, decode, decodeSequence, encode } from 'lowrank';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readHeader } from '../../src/format/read-header.js';
import { FILES, UNWEIGHTED, withStream } from '../fuzz/files.js';
import { draw } from '../properties/codec-rasters.js';
import { suiteWith } from '../real-files/judges.js';
import { GOLDEN_FILE } from '../sequence/golden.js';

/** What a file comes to: the hash of its samples, or the code and the field of the error. */
type Outcome = { pixels: string } | { error: string; field: string };

const GOLDEN = join(import.meta.dirname, '../golden');
const ERRORS = join(import.meta.dirname, '../golden-errors/files');
const SAMPLES = join(import.meta.dirname, '../../samples');

const hash = (data: Uint8Array | Uint8ClampedArray | Uint16Array): string =>
  createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');

function ours(bytes: Uint8Array, options: DecodeOptions = {}): Outcome {
  try {
    return { pixels: hash(decode(bytes, { channels: 'file', ...options }).data) };
  } catch (error) {
    const { code, field } = error as CodecError;
    return { error: code, field };
  }
}

/** Random bytes behind headers of every kind, in one part and in several, with right checks: whatever they say, both decoders have to see the same. */
function* randomFiles(count: number): Generator<Uint8Array> {
  const parted = encode(draw(300, 270, 3, 8, 'photo'), { partSize: 256, effort: 1, quality: 30 });
  const long = encode(draw(1090, 40, 3, 8, 'photo'), { partSize: 256, effort: 1, quality: 30 });
  const kinds = [...Object.values(FILES), ...Object.values(UNWEIGHTED), parted, long];
  let state = 7;
  const next = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  for (let n = 0; n < count; n++) {
    const { header } = readHeader(kinds[n % kinds.length]!);
    const many = header.layers[0]!.ranges.length;
    const bytes = Uint8Array.from({ length: 40 + next(260) }, () => next(256));
    const ranges = Array.from({ length: many }, (_, i) => ({
      end: Math.floor((bytes.length * (i + 1)) / many),
      check: 0,
    }));
    yield withStream({ ...header, layers: [{ ...header.layers.at(-1)!, ranges }] }, bytes);
  }
}

// A decoder that was written from codec-spec.md alone.
suiteWith('g++')('The reference decoder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lowrank-reference-'));
  const program = join(folder, 'reference');

  beforeAll(() => {
    const source = join(import.meta.dirname, 'main.cpp');
    execFileSync('g++', ['-std=c++17', '-O1', '-ffp-contract=off', source, '-o', program], {
      stdio: 'inherit',
    });
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Its answers to commands. */
  function answers<T>(commands: string[]): T[] {
    const { stdout } = spawnSync(program, ['batch'], { input: `${commands.join('\n')}\n`, encoding: 'utf8' });
    return stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
  }
  /** Writes a file for it. */
  let files = 0;
  const place = (bytes: Uint8Array): string => {
    const path = join(folder, `${files++}.lrk`);
    writeFileSync(path, bytes);
    return path;
  };
  const outcome = (answer: Record<string, string>): Outcome =>
    answer.error ? { error: answer.error, field: answer.field! } : { pixels: answer.pixels! };
  /** Holds it against this decoder, with the same options on both sides. */
  function compare(
    cases: [bytes: Uint8Array, command: string, options: DecodeOptions, rest?: string][],
  ): void {
    const got = answers<Record<string, string>>(
      cases.map(([bytes, command, , rest = '']) => `${command} ${place(bytes)} ${rest}`.trim()),
    );
    expect(got).toHaveLength(cases.length);
    for (const [i, [bytes, command, options, rest]] of cases.entries())
      expect([i, command, rest, outcome(got[i]!)]).toEqual([i, command, rest, ours(bytes, options)]);
  }

  it('has the tables of the document', () => {
    const made = join(folder, 'tables.hpp');
    execFileSync('/usr/bin/python3', [
      join(import.meta.dirname, 'make-tables.py'),
      join(import.meta.dirname, '../../codec-spec.md'),
      made,
    ]);
    expect(readFileSync(made, 'utf8')).toBe(readFileSync(join(import.meta.dirname, 'tables.hpp'), 'utf8'));
  });

  it('gives the samples of the table for every layer of every golden picture', () => {
    const table: Record<string, { layers: { pixels: string }[] }> = JSON.parse(
      readFileSync(join(GOLDEN, 'golden.json'), 'utf8'),
    );
    const names = Object.keys(table);
    const golden = new Set(readdirSync(GOLDEN));
    const got = answers<{ pixels: string }[]>(
      names.map(name => `layers ${join(golden.has(`${name}.lrk`) ? GOLDEN : SAMPLES, `${name}.lrk`)}`),
    );
    for (const [i, name] of names.entries())
      expect([name, got[i]!.map(({ pixels }) => pixels)]).toEqual([
        name,
        table[name]!.layers.map(({ pixels }) => pixels),
      ]);
  });

  it('refuses every bad file for the same reason', () => {
    compare(readdirSync(ERRORS).map(name => [readFileSync(join(ERRORS, name)), 'decode', {}]));
  });

  it('gives the same ranks and regions', () => {
    const bytes = readFileSync(join(GOLDEN, 'scene-parts.lrk'));
    const turned = readFileSync(join(GOLDEN, 'weave-exact-basis.lrk'));
    const ranks = [1, 2, 5, 6, 10, 11, 40, 64].flatMap(rank =>
      [bytes, turned].map(
        of => [of, 'rank', { rank }, `${rank}`] as [Uint8Array, string, DecodeOptions, string],
      ),
    );
    const regions = [
      [0, 0, 1, 1], [255, 0, 2, 320], [240, 240, 40, 40], [479, 319, 1, 1], [0, 0, 480, 320], [10, 255, 300, 1],
    ].map(([x, y, width, height]) => [
      bytes, 'region', { region: { x, y, width, height } }, `${x} ${y} ${width} ${height}`,
    ] as [Uint8Array, string, DecodeOptions, string]); // biome-ignore format: rectangles
    compare([...ranks, ...regions]);
  });

  it('gives the same frames of the golden sequence', () => {
    const bytes = readFileSync(GOLDEN_FILE);
    const [got] = answers<{ frames: string[] }>([`sequence ${GOLDEN_FILE}`]);
    expect(got!.frames).toEqual(
      [...decodeSequence(bytes, { channels: 'file' })].map(({ data }) => hash(data)),
    );
  });

  it('sees the same in any bits', () => {
    const cases = [...randomFiles(300)].map(
      bytes => [bytes, 'decode', {}] as [Uint8Array, string, DecodeOptions],
    );
    const pictures = cases.filter(([bytes]) => 'pixels' in ours(bytes));
    // The others leave bytes unread, or ask for more.
    expect(pictures.length).toBeGreaterThan(60);
    compare(cases);
  });
});
