import { FileSink } from '../encode/file-sink.js';
import { CostMeter } from '../encode/levels/costs.js';
import { BlockMeter } from '../encode/runs/affordable-runs.js';
import type { Factor } from '../planes/factor.js';
import type { Notes } from '../planes/notes.js';
import { type BitSink, type Levels, writeAlive, writePlane } from '../planes/write.js';
import type { WriteKernels } from '../planes/write-kernels.js';
import { CODER, VISIT } from './coder-state.js';
import { deskIn } from './desk-places.js';
import type { Visiting } from './machine.js';
import { type Placed, placedAt } from './placed-factors.js';
import { put, type Room, WINDOW } from './room.js';
import { keepLiving, layFlags, layVisit, placedTogether } from './visit-layout.js';

/** Sinks that kernels can write to; others may do as they like with each bit. */
type Known = CostMeter | BlockMeter | FileSink;

const isKnown = (sink: BitSink): sink is Known =>
  [CostMeter, BlockMeter, FileSink].some(kind => sink.constructor === kind);

/** The kernels for one visit. */
type Pair = [meter: Visiting, write: Visiting];

/** Runs a kernel over all blocks of the visit described in the room, into a sink. */
function write(room: Room, sink: Known, [meter, file]: Pair): void {
  const { shorts, contexts } = room;
  const { states } = sink;
  const at = contexts >> 1;
  shorts.set(states.state, at);
  if (sink instanceof FileSink) writeFile(room, sink, file);
  else count(room, sink, meter);
  states.state.set(shorts.subarray(at, at + states.state.length));
}

function count(room: Room, sink: CostMeter, run: Visiting): void {
  const { doubles, coder } = room;
  const state = coder >> 3;
  room.price();
  doubles[state + CODER.meter / 2] = sink.bits;
  doubles[state + CODER.lambda / 2] = sink instanceof BlockMeter ? sink.lambda : 0;
  run(room.visit, coder);
  sink.bits = doubles[state + CODER.meter / 2]!;
}

function writeFile(room: Room, { coder }: FileSink, run: Visiting): void {
  const { words, bytes, window } = room;
  const state = room.coder >> 2;
  const visit = room.visit >> 2;
  const low = new BigUint64Array(room.buffer, room.coder + 4 * CODER.low, 1);
  do {
    low[0] = BigInt(coder.low);
    words[state + CODER.range] = coder.range;
    words[state + CODER.first] = window;
    words[state + CODER.next] = window;
    words[state + CODER.soft] = window + WINDOW;
    run(room.visit, room.coder);
    coder.low = Number(low[0]);
    coder.range = words[state + CODER.range]!;
    coder.append(bytes.subarray(window, words[state + CODER.next]), words[state + CODER.carry] !== 0);
  } while (words[visit + VISIT.next]! < words[visit + VISIT.count]!);
}

/**
 * Where a BlockMeter collects the costs of a channel's blocks, after adding what it has counted so far. Undefined for other sinks, and for
 * factors that it does not count.
 */
function costsOf(sink: Known, factor: Factor): Float64Array | undefined {
  if (!(sink instanceof BlockMeter)) return undefined;
  sink.flush();
  return sink.costs[sink.channels.indexOf(factor)];
}

/** Copies the costs so far into the room, so that a kernel can add to them. Returns their address, or 0. */
function putCosts({ room, costs }: Placed, values: Float64Array | undefined): number {
  if (!values) return 0;
  room.doubles.set(values, costs >> 3);
  return costs;
}

function takeCosts({ room, costs }: Placed, sink: Known, values: Float64Array | undefined): void {
  values?.set(room.doubles.subarray(costs >> 3, (costs >> 3) + values.length));
  // What belongs to no channel is not counted.
  if (sink instanceof BlockMeter) sink.bits = 0;
}

/** The address of the levels of plane k of a part: where they were laid out, or where they are copied now. */
function putLevels(
  { room, levels: to, planes, laid }: Placed,
  { size, positions, living }: Factor,
  k: number,
  levels: Levels,
  part: number,
): number {
  if (laid === levels) return planes + 4 * positions.length * k;
  const { words } = room;
  const at = to >> 2;
  for (const b of living[part]!) words[at + b] = levels[b * size + k]!;
  return to;
}

/** The address of the notes of plane k, copied into the room unless they are in it. */
function putNotes({ room, bold, notes: to }: Placed, { positions }: Factor, k: number, notes: Notes) {
  const blocks = positions.length;
  const from = blocks * k;
  if (room.holds(notes.bold) && room.holds(notes.coefficients))
    return { bold: notes.bold.byteOffset + from, notes: notes.coefficients.byteOffset + 4 * from };
  room.bytes.set(notes.bold.subarray(from, from + blocks), bold);
  room.words.set(notes.coefficients.subarray(from, from + blocks), to >> 2);
  return { bold, notes: to };
}

/** Lays out the levels of a factor plane after plane, if there is space for that. */
function layLevels(factor: Factor, levels: Levels): void {
  const placed = placedAt(factor);
  const desk = deskIn(placed?.room);
  if (!placed?.planes || !desk) return;
  const { room, planes } = placed;
  room.run.planesOf(put(room, levels, desk.levels), factor.positions.length, factor.size, planes);
  placed.laid = levels;
}

/** Writing of planes, and counting their bits, for factors in a room. */
export const writeKernels = (): WriteKernels => ({
  writeAlive(sink, factors, channel, role, band, lastBand, notes, part = 0) {
    const placed = placedTogether(factors, channel, role);
    if (!placed || !isKnown(sink))
      return writeAlive(sink, factors, channel, role, band, lastBand, notes, part);
    const { room, last, flags } = placed;
    const factor = factors[channel]!;
    const blockCosts = costsOf(sink, factor);
    const noted = notes ? put(room, notes.alive, flags) : 0;
    layFlags(placed, factors, channel, role, band, part, [
      put(room, lastBand, last),
      noted,
      putCosts(placed, blockCosts),
    ]);
    write(room, sink, [room.run.meterAlive, room.run.writeAlive]);
    takeCosts(placed, sink, blockCosts);
    if (notes && noted === flags) notes.alive.set(room.bytes.subarray(flags, flags + notes.alive.length));
    keepLiving(placed, factor, part);
  },

  writePlane(sink, factors, channel, role, k, levels, notes, predictor, part = 0) {
    const placed = placedTogether(factors, channel, role);
    if (!placed || !isKnown(sink))
      return writePlane(sink, factors, channel, role, k, levels, notes, predictor, part);
    const factor = factors[channel]!;
    const { room } = placed;
    const blockCosts = costsOf(sink, factor);
    const noted = notes ? putNotes(placed, factor, k, notes) : { bold: 0, notes: 0 };
    layVisit(placed, factors, channel, role, k, predictor, part, {
      ...noted,
      levels: putLevels(placed, factor, k, levels, part),
      costs: putCosts(placed, blockCosts),
    });
    write(room, sink, [room.run.meterPlane, room.run.writePlane]);
    takeCosts(placed, sink, blockCosts);
    if (notes && noted.notes === placed.notes) {
      const from = placed.notes >> 2;
      const blocks = factor.positions.length;
      notes.coefficients.set(room.words.subarray(from, from + blocks), k * blocks);
    }
  },

  withLevels(factors, levels, work) {
    for (const [n, factor] of factors.entries()) layLevels(factor, levels[n]!);
    try {
      work();
    } finally {
      for (const factor of factors) {
        const placed = placedAt(factor);
        if (placed) placed.laid = undefined;
      }
    }
  },
});
