import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSuite } from '../golden/run.js';
import { readSuite } from '../golden/suite.js';

// Other readings of the document, one at a time: npm run mutants. Each is a change of the reference decoder that the suite must catch; those that it does not are printed.

/** Section, file, what stands there, and what another reading has in its place. */
type Mutant = [section: string, file: string, from: string, to: string];

/** `to` in the place of `from`, both expressions. */
const EXPRESSIONS: Mutant[] = [
  ['5.1, CRC-32 though parts are left out', 'header.hpp', 'L == size && kept.all', 'L == size'],
  ['6.3, more turns than there can be', 'header.hpp', 'std::min(ae(1), most)', 'ae(1)'],
  ['7, cut ignored', 'header.hpp', 'if (h.cut)', 'if (false)'],
  ['11, filters at a lower rank', 'header.hpp', 'rank == last.rank && options', 'options'],
  ['12.3, place of e = 15', 'bits.hpp', '2 * std::min(e, 15)', '2 * std::min(e, 14)'],
  ['12.3, contexts of e = 15', 'bits.hpp', 'std::min(e, 15))]', 'std::min(e, 14))]'],
  ['13.1, j = i', 'planes.hpp', 'j == i', 'false'],
  [
    '13.1, later channels',
    'planes.hpp',
    '(c + symbol(4)) % channels',
    'std::min(c, (c + symbol(4)) % channels)',
  ],
  ['13.4, rounding', 'planes.hpp', '3 * n - 2 * nw + 2', '3 * n - 2 * nw + 1'],
  ['13.5, rounding', 'picture.hpp', 'P[i] + 128', 'P[i] + 127'],
  [
    '13.7, trunc',
    'planes.hpp',
    'std::trunc(g.norm(k, x, y) * static_cast<double>(features))',
    'std::floor(g.norm(k, x, y) * static_cast<double>(features))',
  ],
  ['13.9, rounding', 'planes.hpp', '2 * xy * cut(a) + xx + 8', '2 * xy * cut(a) + xx + 7'],
  ['13.9, floor', 'planes.hpp', 'floorDiv(2 * xy', 'truncDiv(2 * xy'],
  ['13.10, cap of the mean', 'planes.hpp', 'std::abs(mean) >> 2, 4095', 'std::abs(mean) >> 2, 8191'],
  ['13.11, o of chroma', 'runs.hpp', 'g.role > 0 ? R(', 'false ? R('],
  [
    '13.12, R across the border',
    'planes.hpp',
    'r[direction].empty() || !inside(x, y)',
    'r[direction].empty() || x < 0 || y < 0 || x >= cols || y >= rows',
  ],
  [
    '13.12, plane 0 of the part alone',
    'planes.hpp',
    'clampTo(0, x + left, wholeCols - 1)',
    'clampTo(window.x + left, x + left, window.x + left + window.width - 1)',
  ],
  ['14.1, ties', 'transform.hpp', 'a + 524288', 'a + 524287'],
  [
    '14.2, order of the product',
    'transform.hpp',
    'weight(k) * (unit / normOfPlane(k)) * g.S(k, x, y)',
    'weight(k) * g.S(k, x, y) * (unit / normOfPlane(k))',
  ],
  [
    '14.2, order of the product of a run',
    'runs.hpp',
    '(scale * cos64((((2 * j + 1) * f) * 32 / n) & 127))',
    'scale * cos64((((2 * j + 1) * f) * 32 / n) & 127)',
  ],
  ['14.2, planes beyond the rank', 'transform.hpp', 'keep[k] ?', 'true ?'],
  [
    '14.3, no single',
    'transform.hpp',
    'blockY * 8 + i) = single(x[i * 8 + j])',
    'blockY * 8 + i) = x[i * 8 + j]',
  ],
  ['14.4, no single', 'transform.hpp', 'single((s[i] + f) * 0.5)', '(s[i] + f) * 0.5'],
  ['14.5, rounding of means', 'transform.hpp', '(2 * sum + m * m)', '(2 * sum)'],
  ['14.5, rounding of exact cells', 'tiles.hpp', '(sum + 2) / 4', 'sum / 4'],
  [
    '15, order of the sum',
    'transform.hpp',
    'T[0][m] * c0 + T[1][m] * c1 + T[2][m] * c2',
    'T[0][m] * c0 + (T[1][m] * c1 + T[2][m] * c2)',
  ],
  [
    '15, ties',
    'transform.hpp',
    'std::floor((v + 128) * (peak / 255) + 0.5)',
    'std::nearbyint((v + 128) * (peak / 255))',
  ],
  [
    '16.8, no single',
    'channel.hpp',
    'single(X.at(x, y) + u[static_cast<size_t>(y)] * v[static_cast<size_t>(x)])',
    'X.at(x, y) + u[static_cast<size_t>(y)] * v[static_cast<size_t>(x)]',
  ],
  ['17.2, ties', 'restore.hpp', 'std::floor(16 * v + 0.5)', 'std::nearbyint(16 * v)'],
  ['17.5, ties', 'restore.hpp', 'uint32_t sum = 128', 'uint32_t sum = 127'],
  [
    '17.6, a plain clamp',
    'restore.hpp',
    'std::fabs(a + (t - s)) - std::fabs(a - (t + s))',
    '2 * std::min(t, std::max(-t, a - s))',
  ],
  [
    '17.6, order of the sum',
    'restore.hpp',
    '((f(v(x - 2, y)) + f(v(x + 2, y))) + f(v(x, y - 2))) + f(v(x, y + 2))',
    '(f(v(x - 2, y)) + f(v(x + 2, y))) + (f(v(x, y - 2)) + f(v(x, y + 2)))',
  ],
  [
    '18.3, order of the slots',
    'tiles.hpp',
    'for (Slot* slot : slots)',
    'for (Slot* slot : {slots[2], slots[1], slots[0]})',
  ],
  ['19.1, products without channels', 'header.hpp', '64 * pixels * h.channels', '64 * pixels'],
  ['19.1, products without bytes', 'header.hpp', '32768 * static_cast<double>(end)', '0'],
  [
    '19.1, bytes of the stream',
    'header.hpp',
    'start + static_cast<uint64_t>(h.layers[there - 1].end)',
    'static_cast<uint64_t>(h.layers[there - 1].end)',
  ],
  [
    '20.2, order of borders',
    'sequence.hpp',
    'overlapHorizontalBorders(channel, LAP8);\n        overlapVerticalBorders(channel, LAP8);',
    'overlapVerticalBorders(channel, LAP8);\n        overlapHorizontalBorders(channel, LAP8);',
  ],
  [
    '20.3, alpha with gains',
    'sequence.hpp',
    'c < h.colourChannels(); c++) {\n                const auto& T',
    'c < std::min(3, h.channels); c++) {\n                const auto& T',
  ],
  [
    '20.1, T of a weighted picture',
    'sequence.hpp',
    'ColourBasis basis(colour, false)',
    'ColourBasis basis(colour, headers[0].weights.weighted)',
  ],
  ['20.3, single of the sum', 'sequence.hpp', 'channel[i] = single(sum)', 'channel[i] = sum'],
  [
    '20.4, half of both',
    'sequence.hpp',
    '(compand(g.qAt(x, y, 0), 1) >> 1) + (E[C] >> 1)',
    '(compand(g.qAt(x, y, 0), 1) + E[C]) >> 1',
  ],
  ['20.4, single of what is left', 'sequence.hpp', 'r = single(r + q * unit)', 'r = r + q * unit'],
];

const folder = mkdtempSync(join(tmpdir(), 'lowrank-mutants-'));
const suite = Object.fromEntries(
  // The small ones first: most are caught by them.
  Object.entries(readSuite()).sort(
    ([a], [b]) => Number(a.startsWith('samples')) - Number(b.startsWith('samples')),
  ),
);
const source = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');
for (const [section, file, from] of EXPRESSIONS)
  if (!source(file).includes(from)) throw new Error(`${section}: ${file} has no ${from}`);
const names = readdirSync(import.meta.dirname).filter(name => /\.(hpp|cpp)$/.test(name));
const wanted = process.argv[2];
try {
  for (const [section, file, from, to] of EXPRESSIONS) {
    if (wanted && !section.includes(wanted)) continue;
    for (const name of names) {
      let text = name === file ? source(name).replaceAll(from, to) : source(name);
      if (name === 'bits.hpp') text += '\ninline int64_t truncDiv(int64_t a, int64_t b) { return a / b; }\n';
      writeFileSync(join(folder, name), text);
    }
    const program = join(folder, 'mutant');
    execFileSync('g++', [
      '-std=c++17',
      '-O1',
      '-w',
      '-ffp-contract=off',
      join(folder, 'main.cpp'),
      '-o',
      program,
    ]);
    const { failures } = runSuite([program, 'samples'], { suite, batch: true, most: 1 });
    const [first] = failures;
    console.log(first ? `caught      ${section}: ${first.file}` : `NOT CAUGHT  ${section}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
