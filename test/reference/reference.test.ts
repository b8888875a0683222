import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CodecError, decode, encode } from 'lowrank';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readHeader } from '../../src/format/read-header.js';
import { FILES, UNWEIGHTED, withStream } from '../fuzz/files.js';
import { runSuite } from '../golden/run.js';
import { draw } from '../properties/codec-rasters.js';
import { suiteWith } from '../real-files/judges.js';

/** The outcome of a file: the hash of its samples, or code and field of the error. */
type Outcome = { pixels: string } | { error: string; field: string };

const hash = (data: Uint8Array | Uint8ClampedArray | Uint16Array): string =>
  createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');

function ours(bytes: Uint8Array): Outcome {
  try {
    return { pixels: hash(decode(bytes, { channels: 'file' }).data) };
  } catch (error) {
    const { code, field } = error as CodecError;
    return { error: code, field };
  }
}

/** Random bytes behind headers of every kind, in one part and in several, with correct checks: both decoders must read them alike. */
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
  it('has the tables of the specification', () => {
    const made = join(folder, 'tables.hpp');
    execFileSync('/usr/bin/python3', [
      join(import.meta.dirname, 'make-tables.py'),
      join(import.meta.dirname, '../../codec-spec.md'),
      made,
    ]);
    expect(readFileSync(made, 'utf8')).toBe(readFileSync(join(import.meta.dirname, 'tables.hpp'), 'utf8'));
  });

  it('answers the whole suite of golden files', () => {
    const { cases, failures } = runSuite([program, 'samples'], { batch: true });
    expect(failures).toEqual([]);
    expect(cases).toBeGreaterThan(1500);
  });

  it('decodes any bits alike', () => {
    const files = [...randomFiles(300)];
    const expected = files.map(ours);
    // The others leave bytes unread, or need more.
    expect(expected.filter(of => 'pixels' in of).length).toBeGreaterThan(60);
    const got = answers<Record<string, string>>(files.map(bytes => `decode ${place(bytes)}`));
    expect(got.map(outcome)).toEqual(expected);
  });
});
