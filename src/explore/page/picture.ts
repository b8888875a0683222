import type { AtomPictures, Opened, Parts, Source } from '../protocol.js';

/** What is known of the open picture. */
export interface Facts {
  source: Source | undefined;
  /** Its size in pixels, and the bytes of a pixel's samples. */
  size: { width: number; height: number; sampleBytes: number } | undefined;
  /** The present factors. */
  parts: Parts | undefined;
  /** Number of the present factors: answers about earlier ones are ignored. */
  generation: number;
  /** Are these the last factors, with no better ones on their way? */
  isFinal: boolean;
  atoms: AtomPictures[];
  /** PSNR of what is shown in dB; until it is computed, of what was shown before. */
  psnr: number | undefined;
  /** By rank: PSNR of the whole picture, in dB. */
  psnrs: Map<number, number>;
  /** By rank: bytes of a file of that rank that was made and not estimated. */
  bytes: Map<number, number>;
}

/** The open picture. What is known of it is changed only here. */
export interface Picture {
  readonly now: Readonly<Facts>;
  /** Another picture is open, and has no factors yet. */
  open(source: Source, opened: Opened): void;
  /** Other factors are in front; nothing is known of them yet. */
  setParts(parts: Parts, isFinal: boolean): void;
  /** No better factors will come. */
  finish(): void;
  setAtoms(atoms: AtomPictures[]): void;
  /** Sets the PSNR of what is shown; `isWhole`: no atom is left out of it. */
  setPsnr(psnr: number, rank: number, isWhole: boolean): void;
  /** A point of the curve: the whole picture at a rank. */
  addPoint(rank: number, psnr: number): void;
  setBytes(rank: number, bytes: number): void;
}

export function createPicture(): Picture {
  const now: Facts = {
    ...{ source: undefined, size: undefined, parts: undefined, generation: 0, isFinal: false },
    ...{ atoms: [], psnr: undefined, psnrs: new Map(), bytes: new Map() },
  };
  return {
    now,
    open(source, { bitmap: { width, height }, channels, bitDepth }) {
      const size = { width, height, sampleBytes: channels * (bitDepth / 8) };
      Object.assign(now, { source, size, parts: undefined, atoms: [], psnr: undefined });
      now.generation++;
    },
    setParts(parts, isFinal) {
      const bytes = new Map(parts.file ? [[parts.columns, parts.file.bytes]] : []);
      Object.assign(now, { parts, isFinal, psnrs: new Map(), bytes });
      now.generation++;
    },
    finish() {
      now.isFinal = true;
    },
    setAtoms(atoms) {
      now.atoms = atoms;
    },
    setPsnr(psnr, rank, isWhole) {
      now.psnr = psnr;
      if (isWhole) now.psnrs.set(rank, psnr);
    },
    addPoint(rank, psnr) {
      now.psnrs.set(rank, psnr);
    },
    setBytes(rank, bytes) {
      now.bytes.set(rank, bytes);
      if (now.parts?.file) now.parts.file.sizes[rank - 1] = bytes;
    },
  };
}
