import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSuite } from '../golden/run.js';
import { readSuite } from '../golden/suite.js';

// Misreadings of the specification, one at a time: npm run mutants. Each is a change of the reference decoder that the suite must notice;
// those that it does not are printed.

/** Section, file, original text, and its replacement. */
type Mutant = [section: string, file: string, from: string, to: string];

/** Expressions; a `$` in the replacement stands for the whole original. */
const MUTANTS: Mutant[] = [
  ['5.1, CRC-32 though parts are left out', 'header.hpp', 'L == size && !options.region', 'L == size'],
  ['6.3, more turns than there can be', 'header.hpp', 'std::min(ae(1), most)', 'ae(1)'],
  ['7, cut ignored', 'header.hpp', 'std::min(h.totalSteps, r.ae(0) + 1)', 'h.totalSteps'],
  ['11, filters at a lower rank', 'header.hpp', 'rank == last.rank', 'true'],
  ['12.3, place of e = 15', 'bits.hpp', '2 * std::min(e, 15)', '2 * std::min(e, 14)'],
  [
    '12.3, contexts of e = 15',
    'bits.hpp',
    'read(code[base + static_cast<size_t>(std::min(e, 15))])',
    'read(code[base + static_cast<size_t>(std::min(e, $ ? 14 : 15))])',
  ],
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
  ['13.9, floor', 'planes.hpp', 'return floorDiv(', 'return ($ ? truncDiv : floorDiv)('],
  [
    '13.10, cap of the mean',
    'planes.hpp',
    'std::min<int64_t>(std::abs(mean) >> 2, 4095)',
    'std::abs(mean) >> 2',
  ],
  ['13.11, o of chroma', 'runs.hpp', 'g.role > 0 ? R(', '(!$ && g.role > 0) ? R('],
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
    'static_cast<double>(value) * (scale * cos64((((2 * j + 1) * f) * 32 / n) & 127))',
    'static_cast<double>(value) * scale * cos64((((2 * j + 1) * f) * 32 / n) & 127)',
  ],
  ['14.2, planes beyond the rank', 'transform.hpp', 'keep[k] ?', '(keep[k] || $) ?'],
  ['14.3, no single', 'transform.hpp', 'single(x[i * 8 + j])', 'x[i * 8 + j]'],
  ['14.4, no single', 'transform.hpp', 'single((s[i] + f) * 0.5)', '(s[i] + f) * 0.5'],
  ['14.5, rounding of means', 'transform.hpp', '(2 * sum + m * m)', '(2 * sum)'],
  ['14.5, rounding of exact cells', 'tiles.hpp', '(sum + 2) / 4', 'sum / 4'],
  [
    '15, scale after the sum',
    'transform.hpp',
    'sampleOf(M[0][m] * c0 + M[1][m] * c1 + M[2][m] * c2 + half, bitDepth)',
    'sampleOf((basis.T[0][m] * c0 + basis.T[1][m] * c1 + basis.T[2][m] * c2 + 128) * scale + 0.5, bitDepth)',
  ],
  [
    '15, order of the sum',
    'transform.hpp',
    'M[0][m] * c0 + M[1][m] * c1 + M[2][m] * c2',
    'M[0][m] * c0 + (M[1][m] * c1 + M[2][m] * c2)',
  ],
  ['15, ties', 'transform.hpp', 'std::floor(v)', 'std::nearbyint(v - 0.5)'],
  [
    '16.8, no single',
    'channel.hpp',
    'single(X.at(x, y) + u[static_cast<size_t>(y)] * v[static_cast<size_t>(x)])',
    'X.at(x, y) + u[static_cast<size_t>(y)] * v[static_cast<size_t>(x)]',
  ],
  ['17.2, ties', 'restore.hpp', 'std::floor(16 * v + 0.5)', 'std::nearbyint(16 * v)'],
  ['17.5, ties', 'restore.hpp', 'static_cast<int32_t>(sum) >> 8', 'static_cast<int32_t>(sum - 1) >> 8'],
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
  ['19.1, products without channels', 'header.hpp', '64 * pixels * h.channels', '64 * pixels'],
  ['19.1, products without bytes', 'header.hpp', '32768 * static_cast<double>(end)', '0.0'],
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
    'if ($) overlapVerticalBorders(channel, LAP8);\n        overlapHorizontalBorders(channel, LAP8);\n        if (!$) overlapVerticalBorders(channel, LAP8);',
  ],
  [
    '20.3, alpha with gains',
    'sequence.hpp',
    'c < h.colourChannels(); c++) {\n                const auto& T',
    'c < ($ ? std::min(3, h.channels) : h.colourChannels()); c++) {\n                const auto& T',
  ],
  [
    '20.1, T of a weighted picture',
    'sequence.hpp',
    'ColourBasis basis(colour, false)',
    'ColourBasis basis(colour, $ && headers[0].weights.weighted)',
  ],
  ['20.3, single of the sum', 'sequence.hpp', 'single(sum)', 'sum'],
  [
    '20.4, half of both',
    'sequence.hpp',
    '(compand(g.qAt(x, y, 0), 1) >> 1) + (E[C] >> 1)',
    '(compand(g.qAt(x, y, 0), 1) + E[C]) >> 1',
  ],
  ['20.4, single of what is left', 'sequence.hpp', 'single(r + q * unit)', 'r + q * unit'],
];

/** All mutants in one program, which chooses one by an environment variable. */
function mutated(name: string): string {
  let text = readFileSync(join(import.meta.dirname, name), 'utf8');
  MUTANTS.forEach(([section, file, from, to], n) => {
    if (name !== file) return;
    if (!text.includes(from)) throw new Error(`${section}: ${file} has no ${from}`);
    const is = `(mutant() == ${n + 1})`;
    text = text.replaceAll(from, () =>
      to.includes('$') ? to.replaceAll('$', is) : `(${is} ? (${to}) : (${from}))`,
    );
  });
  return name === 'bits.hpp' ? text.replace('using Bytes', () => `${HELPERS}using Bytes`) : text;
}

const HELPERS = `#include <cstdlib>
inline int mutant() {
    static const int number = std::getenv("MUTANT") ? std::atoi(std::getenv("MUTANT")) : 0;
    return number;
}
inline int64_t truncDiv(int64_t a, int64_t b) { return a / b; }
`;

const folder = mkdtempSync(join(tmpdir(), 'lowrank-mutants-'));
const program = join(folder, 'mutant');
const all = Object.entries(readSuite());
// Files that decode quickly first, which reveal most mutants.
const costOf = ([name]: [string, unknown]): number =>
  !name.includes('/vectors/') ? 2 : /parts|products|limit|128|runs|drawn/.test(name) ? 1 : 0;
const suites = [0, 1, 2].map(cost => Object.fromEntries(all.filter(of => costOf(of) === cost)));
try {
  for (const name of readdirSync(import.meta.dirname))
    if (/\.(hpp|cpp)$/.test(name)) writeFileSync(join(folder, name), mutated(name));
  execFileSync('g++', [
    '-std=c++17',
    '-O1',
    '-w',
    '-ffp-contract=off',
    join(folder, 'main.cpp'),
    '-o',
    program,
  ]);
  MUTANTS.forEach(([section], n) => {
    process.env.MUTANT = `${n + 1}`;
    let caught: string | undefined;
    for (const suite of suites)
      caught ??= runSuite([program, 'samples'], { suite, batch: true, most: 1 }).failures[0]?.file;
    console.log(caught ? `caught      ${section}: ${caught}` : `NOT CAUGHT  ${section}`);
  });
} finally {
  rmSync(folder, { recursive: true });
}
