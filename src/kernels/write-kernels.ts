import { FileSink } from '../encode/file-sink.js';
import { CostMeter } from '../encode/levels/costs.js';
import { BlockMeter } from '../encode/runs/affordable-runs.js';
import type { Factor } from '../planes/factor.js';
import { type BitSink, writeAlive, writePlane } from '../planes/write.js';
import type { WriteKernels } from '../planes/write-kernels.js';
import { CODER, VISIT } from './coder-state.js';
import type { Visiting } from './machine.js';
import type { Placed } from './placed-factors.js';
import { type Room, WINDOW } from './room.js';
import { keepLiving, layFlags, layVisit, roomOf } from './visit-layout.js';

/** Sinks that kernels know; others may do as they like with each bit. */
type Known = CostMeter | BlockMeter | FileSink;

const isKnown = (sink: BitSink): sink is Known =>
  [CostMeter, BlockMeter, FileSink].some(of => sink.constructor === of);

/** The kernels for one visit. */
type Pair = [meter: Visiting, write: Visiting];

/** Runs a kernel over all blocks of the visit that has been laid, into a sink. */
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

/** Where a BlockMeter wants the costs of a channel's blocks, what it has counted before put there; undefined for another sink, and for what it does not count. */
function costsOf(sink: Known, of: Factor): Float64Array | undefined {
  if (!(sink instanceof BlockMeter)) return undefined;
  sink.flush();
  return sink.costs[sink.channels.indexOf(of)];
}

/** Has a kernel add to the costs of the blocks where a sink wants them. Returns their address for it, or 0. */
function putCosts({ room, costs }: Placed, of: Float64Array | undefined): number {
  if (!of) return 0;
  room.doubles.set(of, costs >> 3);
  return costs;
}

function takeCosts({ room, costs }: Placed, sink: Known, of: Float64Array | undefined): void {
  of?.set(room.doubles.subarray(costs >> 3, (costs >> 3) + of.length));
  // What belongs to no channel is not counted.
  if (sink instanceof BlockMeter) sink.bits = 0;
}

/** Writing of planes, and counting what it would take, of factors that lie in a room. */
export const writeKernels = (): WriteKernels => ({
  writeAlive(sink, factors, channel, role, band, lastBand, notes, part = 0) {
    const placed = roomOf(factors, channel, role);
    if (!placed || !isKnown(sink))
      return writeAlive(sink, factors, channel, role, band, lastBand, notes, part);
    const { room, last, flags } = placed;
    const own = factors[channel]!;
    const living = own.living[part]!;
    const of = costsOf(sink, own);
    room.bytes.set(lastBand, last);
    layFlags(placed, factors, channel, role, band, part, [last, notes ? flags : 0, putCosts(placed, of)]);
    write(room, sink, [room.run.meterAlive, room.run.writeAlive]);
    takeCosts(placed, sink, of);
    if (notes) for (const b of living) notes.alive[b * 8 + band] = room.bytes[flags + b * 8 + band]!;
    keepLiving(placed, own, part);
  },

  writePlane(sink, factors, channel, role, k, levels, notes, predictor, part = 0) {
    const placed = roomOf(factors, channel, role);
    if (!placed || !isKnown(sink))
      return writePlane(sink, factors, channel, role, k, levels, notes, predictor, part);
    const own = factors[channel]!;
    const living = own.living[part]!;
    const { size } = own;
    const { room } = placed;
    const { words, floats } = room;
    const of = costsOf(sink, own);
    const to = placed.levels >> 2;
    for (const b of living) words[to + b] = levels[b * size + k]!;
    if (notes) {
      const { wanted } = notes;
      const to = placed.wanted >> 2;
      for (const b of living) floats[to + b] = wanted[b * size + k]!;
    }
    layVisit(placed, factors, channel, role, k, predictor, part, {
      levels: placed.levels,
      wanted: notes ? placed.wanted : 0,
      notes: placed.notes,
      costs: putCosts(placed, of),
    });
    write(room, sink, [room.run.meterPlane, room.run.writePlane]);
    takeCosts(placed, sink, of);
    if (notes) {
      const { coefficients } = notes;
      const from = placed.notes >> 2;
      for (const b of living) coefficients[b * size + k] = words[from + b]!;
    }
  },
});
