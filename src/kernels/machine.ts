/** What kernels/index.ts exports; pointers are bytes into the memory. */
export interface Exports {
  memory: WebAssembly.Memory;
  toSamples(from: number, count: number, to: number): void;
  activities(p: number, stride: number, blocks: number, out: number): void;
  applyFilter(
    p: number,
    stride: number,
    blocks: number,
    chosen: number,
    filters: number,
    wide: number,
    narrow: number,
    out: number,
  ): void;
  smooth(p: number, stride: number, blocks: number, coded: number, bound: number, out: number): void;
  gatherStatistics(
    rows: number,
    stride: number,
    original: number,
    width: number,
    chosen: number,
    begin: number,
    end: number,
    hop: number,
    wide: number,
    narrow: number,
    f: number,
    sums: number,
  ): void;
  acrossColumns(rows: number, width: number, w: number): void;
  acrossRows(rows: number, width: number, count: number, block: number, w: number): void;
  inverseBlock(x: number, last: number, out: number, step: number): void;
  inverseHalf(x: number, last: number, out: number, step: number): void;
  recomposeRow(rows: number, from: number, to: number, side: number, out: number, step: number): void;
  inverseBlocks(u: number, cols: number, norms: number, out: number, step: number, work: number): void;
  subtract(data: number, less: number, count: number): void;
  forwardBlocks(rows: number, cols: number, scale: number, wanted: number, out: number, work: number): void;
  mixedErrors(...row: MixedRow): number;
  mixSamples(...row: MixedRow): void;
  takeSamples(...row: MixedRow): void;
  addDifferences(row: number, other: number, count: number, sums: number): void;
  planesOf(from: number, blocks: number, size: number, to: number): void;
  inSteps(
    u: number,
    out: number,
    blocks: number,
    positions: number,
    coarseRows: number,
    fineRows: number,
    columns: number,
    steps: number,
    step: number,
    tables: number,
  ): void;
  startChannel(u: number, blocks: number, bands: number, levels: number, last: number): void;
  markBold(u: number, blocks: number, size: number, bold: number): void;
  freshRow(
    samples: number,
    channels: number,
    width: number,
    row: number,
    above: number,
    second: number,
    fresh: number,
    bits: number,
    freshBits: number,
    changedBits: number,
  ): void;
  addRunCosts(
    u: number,
    cols: number,
    rows: number,
    direction: number,
    surveys: number,
    costs: number,
    cosines: number,
    tables: number,
    work: number,
  ): void;
  optimiseChannel(choice: number, coder: number): void;
  addPlane(owing: number): void;
  addSums(g: number, eastSouth: number, around: number, stride: number, count: number): void;
  readPlane: Visiting;
  readAlive: Visiting;
  meterPlane: Visiting;
  meterAlive: Visiting;
  writePlane: Visiting;
  writeAlive: Visiting;
}

/** Runs on the visit and the coder described at these addresses: see kernels/planes.ts and kernels/bits.ts. */
export type Visiting = (visit: number, coder: number) => void;

/**
 * Samples; 16-bit or not; samples a pixel; three channels; pixels; nine weights; what is added; peak. `takeSamples` has a scale and what is
 * subtracted instead of the last two.
 */
type MixedRow = [number, boolean, number, number, number, number, number, number, number, number];

/** Nothing is placed below this: address 0 means none. */
const BASE = 1024;
const PAGE = 65_536;

/** The compiled kernels and a memory that callers share: what one places there is lost when it returns. */
export class Machine {
  readonly run: Exports;
  bytes!: Uint8Array;
  shorts!: Int16Array;
  words!: Int32Array;
  floats!: Float32Array;
  doubles!: Float64Array;

  constructor(private readonly module: WebAssembly.Module) {
    this.run = this.instance();
    this.#look();
  }

  /** The same kernels with an empty memory of their own. */
  instance(): Exports {
    const { log2 } = Math;
    return new WebAssembly.Instance(this.module, { choose: { log2 }, runs: { log2 } })
      .exports as unknown as Exports;
  }

  /** Addresses of pieces of these sizes in bytes, multiples of 16. Earlier views become invalid. */
  place<Sizes extends number[]>(...sizes: Sizes): { [Piece in keyof Sizes]: number } {
    let end = BASE;
    const places = sizes.map(size => {
      const at = end;
      end += (size + 31) & ~15; // and 16 bytes that vectors may read beyond
      return at;
    });
    const missing = end - this.bytes.length;
    if (missing > 0) {
      this.run.memory.grow(Math.ceil(missing / PAGE));
      this.#look();
    }
    return places as { [Piece in keyof Sizes]: number };
  }

  #look(): void {
    const { buffer } = this.run.memory;
    this.bytes = new Uint8Array(buffer);
    this.shorts = new Int16Array(buffer);
    this.words = new Int32Array(buffer);
    this.floats = new Float32Array(buffer);
    this.doubles = new Float64Array(buffer);
  }
}

/** The kernels from the bytes of kernels.wasm. Throws what WebAssembly throws, for example where it has no vectors. */
export const machineOf = (wasm: Uint8Array<ArrayBuffer>): Machine =>
  new Machine(new WebAssembly.Module(wasm));
