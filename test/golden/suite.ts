import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodecError, decode, decodeSequence, inspect, inspectSequence } from 'lowrank';
import { partsOf } from '../../src/format/ranges.js';
import { readHeader } from '../../src/format/read-header.js';
import { isSequence } from '../../src/sequence/is-sequence.js';
import { readSequenceHeader } from '../../src/sequence/read-header.js';
import { type Question, samplesOf } from './samples-of.js';

/** The expected answer: SHA-256 of the samples, or code and field of an error. */
export type Answer = { pixels: string } | { error: string; field: string };

export type Case = Question & Answer;

/** By file, relative to the folder of the suite. */
export type Suite = Record<string, Case[]>;

/** The folder of the suite that today's code makes: that of the repository. */
export const ROOT = join(import.meta.dirname, '../..');
export const SUITE = join(import.meta.dirname, 'suite.json');

export const readSuite = (path = SUITE): Suite => JSON.parse(readFileSync(path, 'utf8'));

/** One case a line. */
export function formatSuite(suite: Suite): string {
  const files = Object.entries(suite).map(([name, cases]) => {
    const lines = cases.map(of => `    ${JSON.stringify(of)}`);
    return `  ${JSON.stringify(name)}: [\n${lines.join(',\n')}\n  ]`;
  });
  return `{\n${files.join(',\n')}\n}\n`;
}

/** This decoder's answer. */
export function answer(file: Uint8Array, question: Question): Answer {
  const hash = createHash('sha256');
  try {
    for (const samples of samplesOf({ decode, decodeSequence, isSequence }, file, question))
      hash.update(samples);
    return { pixels: hash.digest('hex') };
  } catch (error) {
    if ((error as Error).name !== 'CodecError') throw error;
    const { code, field } = error as CodecError;
    return { error: code, field };
  }
}

/** The questions asked of a file; `small` files get more. */
export function questionsOf(file: Uint8Array, small: boolean): Question[] {
  if ('error' in answer(file, {})) return damagedQuestions(file);
  if (!isSequence(file)) return pictureQuestions(file, small);
  return small ? sequenceQuestions(file) : [{}, { rank: 1 }];
}

function pictureQuestions(file: Uint8Array, small: boolean): Question[] {
  const { layers, rank } = inspect(file);
  const { header, stream } = readHeader(file);
  const questions: Question[] = [{}];
  for (const { bytes } of layers) if (bytes < file.length) questions.push({ bytes });
  for (const scale of [2, 4, 8] as const) questions.push({ scale });
  if (!layers.length) questions.push({ bytes: file.length - 3 });
  else if (small) {
    const [first, second] = layers;
    // The ends of the bytes needed at least, and of those that a second layer needs.
    for (const bytes of [stream - 1, first!.bytes - 1]) questions.push({ bytes });
    if (second) questions.push({ bytes: second.bytes - 1 }, { bytes: first!.bytes, scale: 2 });
  }
  const ranks = small ? [1, 2, 4, 7, 12, 30, 63] : [5];
  for (const less of ranks) if (less < rank) questions.push({ rank: less });
  const { width, height } = header;
  const corners: [number, number, number, number][] = [
    [0, 0, 1, 1],
    [width - 1, height - 1, 1, 1],
    [Math.floor(width / 3), Math.floor(height / 2), Math.ceil(width / 2), Math.ceil(height / 3)],
  ];
  if (small || partsOf(header).ranges > 1)
    for (const region of corners) if (region[0] + region[2] <= width) questions.push({ region });
  return questions;
}

function sequenceQuestions(file: Uint8Array): Question[] {
  const { background, factorBytes, frameBytes, frames } = inspectSequence(file);
  const pictures = factorBytes.reduce((sum, size) => sum + size, 0);
  const sections = frameBytes.reduce((sum, size) => sum + size, 0);
  const odd = file.length - trailing(file);
  const start = odd - sections - pictures;
  const cuts = [
    start - 1,
    start,
    start + 1,
    start + (background.layers[0]?.bytes ?? 4) - 1,
    start + (background.layers[0]?.bytes ?? 4),
    start + pictures - 1,
    start + pictures,
    start + pictures + Math.max(0, frameBytes[0]! - 1),
    start + pictures + frameBytes[0]!,
    odd - frameBytes[frames - 1]!,
    odd,
  ];
  const bytes = [...new Set(cuts)].filter(at => at >= 0 && at < file.length);
  return [{}, { rank: 1 }, { rank: 2 }, ...bytes.map(bytes => ({ bytes }))];
}

/** Bytes after the last frame. */
function trailing(file: Uint8Array): number {
  const { header } = readSequenceHeader(file);
  return 4 + header.extensions.reduce((sum, { type, length }) => sum + (type % 2 ? length : 0), 0);
}

/** Cuts of a damaged file: the whole file, before its damage, and around it. */
function damagedQuestions(file: Uint8Array): Question[] {
  const questions: Question[] = [{}];
  try {
    const { header, stream } = readHeader(file);
    const { ranges } = partsOf(header);
    const { width, height, layers } = header;
    const [first, ...others] = layers.map(({ ranges }) => stream + ranges.at(-1)!.end);
    if (others.length && file.length > first!) questions.push({ bytes: first! });
    if (ranges > 1)
      questions.push(
        { region: [0, 0, 9, 9] },
        { region: [width - 1, 0, 1, 1] },
        { region: [0, height - 1, 1, 1] },
      );
  } catch {}
  return questions;
}

/** All questions and answers of a file. */
export const casesOf = (file: Uint8Array, small: boolean): Case[] =>
  questionsOf(file, small).map(question => ({ ...question, ...answer(file, question) }));
