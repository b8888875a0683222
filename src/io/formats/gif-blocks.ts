/** One image of a GIF, with its place on the screen and its disposal. */
export interface GifFrame {
  left: number;
  top: number;
  width: number;
  height: number;
  interlaced: boolean;
  /** RGB, 3 bytes a colour. */
  palette: Uint8Array;
  /** Index that is not drawn; -1 for none. */
  transparent: number;
  /** After it: 0 and 1 it stays, 2 it is cleared, 3 the screen before it comes back. */
  disposal: number;
  /** Milliseconds. */
  delay: number;
  /** Bits of the smallest code. */
  codeSize: number;
  /** The blocks of codes, without their lengths. */
  codes: Uint8Array[];
}

/** A GIF with its pixels still in codes. GIF89a, sections 17 to 27. */
export interface GifStructure {
  /** Size of the screen in pixels: that in the file, or larger if the first frame reaches beyond it, as in browsers. */
  width: number;
  height: number;
  frames: GifFrame[];
  /** How often it is shown, 0 for ever; 1 if the file does not say. */
  loops: number;
  /** Why the blocks end early, in words; the frames before that are kept. */
  fault?: string;
  /** Bytes after its end. */
  trailing: number;
  comments: number;
  /** Number of texts to be drawn by the viewer, which no viewer does. */
  plainTexts: number;
  /** Application extensions by name, 11 characters, with their data; those that time animations are left out. */
  applications: { name: string; data: Uint8Array }[];
}

const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b];
const [CONTROL, COMMENT, PLAIN_TEXT, APPLICATION] = [0xf9, 0xfe, 0x01, 0xff];
const LOOPS = ['NETSCAPE2.0', 'ANIMEXTS1.0'];

/** Shorter delays become 100 ms, as in browsers. */
const LEAST_DELAY = 20;

/** What a control extension says about the image after it. */
type Control = Pick<GifFrame, 'transparent' | 'disposal' | 'delay'>;
const PLAIN: Control = { transparent: -1, disposal: 0, delay: 100 };

const CUT_SHORT = 'the file is cut short';

/** The blocks of a GIF. */
export function readGif(bytes: Uint8Array): GifStructure {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const gif: GifStructure = {
    width: 0,
    height: 0,
    frames: [],
    loops: 1,
    trailing: 0,
    comments: 0,
    plainTexts: 0,
    applications: [],
  };
  if (bytes.length < 13) return { ...gif, fault: CUT_SHORT };
  gif.width = view.getUint16(6, true);
  gif.height = view.getUint16(8, true);
  const global = paletteAt(bytes, 13, bytes[10]!);
  let at = 13 + global.length;
  let control = PLAIN;
  while (at < bytes.length && bytes[at] !== TRAILER && !isPadding(bytes, at)) {
    const kind = bytes[at];
    if (kind === EXTENSION) {
      const { blocks, end } = blocksAt(bytes, at + 2);
      if (end < 0) return { ...gif, fault: CUT_SHORT };
      control = takeExtension(gif, bytes[at + 1]!, blocks, control);
      at = end;
    } else if (kind === IMAGE) {
      const packed = bytes[at + 9] ?? 0;
      const local = paletteAt(bytes, at + 10, packed);
      const codesAt = at + 10 + local.length;
      const { blocks, end } = blocksAt(bytes, codesAt + 1);
      if (end < 0) return { ...gif, fault: CUT_SHORT };
      takeFrame(gif, {
        left: view.getUint16(at + 1, true),
        top: view.getUint16(at + 3, true),
        width: view.getUint16(at + 5, true),
        height: view.getUint16(at + 7, true),
        interlaced: (packed & 0x40) !== 0,
        palette: packed & 0x80 ? local : global,
        ...control,
        codeSize: bytes[codesAt]!,
        codes: blocks,
      });
      control = PLAIN;
      at = end;
    } else return { ...gif, fault: `unexpected data at byte ${at}` };
  }
  // if only its last byte is missing, nothing is lost
  gif.trailing = bytes[at] === TRAILER ? bytes.length - at - 1 : 0;
  return gif.frames.length === 0 ? { ...gif, fault: 'the file ends without a picture' } : gif;
}

/** Are there only zeros from here on? Some files are filled up with them in place of the trailer. */
const isPadding = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0 && bytes.subarray(at).every(byte => byte === 0);

function takeFrame(gif: GifStructure, frame: GifFrame): void {
  if (gif.frames.length === 0) {
    gif.width = Math.max(gif.width, frame.left + frame.width);
    gif.height = Math.max(gif.height, frame.top + frame.height);
  }
  gif.frames.push(frame);
}

const paletteAt = (bytes: Uint8Array, at: number, packed: number): Uint8Array =>
  packed & 0x80 ? bytes.subarray(at, at + 3 * 2 ** ((packed & 7) + 1)) : new Uint8Array();

/** The blocks up to the empty one; `end` is -1 if they are cut short. */
function blocksAt(bytes: Uint8Array, from: number): { blocks: Uint8Array[]; end: number } {
  const blocks: Uint8Array[] = [];
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) {
    const next = at + 1 + bytes[at]!;
    if (next > bytes.length) return { blocks, end: -1 };
    blocks.push(bytes.subarray(at + 1, next));
    at = next;
  }
  return { blocks, end: at < bytes.length ? at + 1 : -1 };
}

/** Adds an extension to `gif`; returns the control for the next image. */
function takeExtension(gif: GifStructure, label: number, blocks: Uint8Array[], control: Control): Control {
  const [first] = blocks;
  if (label === CONTROL && first && first.length >= 4) {
    const hundredths = first[1]! + 256 * first[2]!;
    const delay = 10 * hundredths < LEAST_DELAY ? 100 : 10 * hundredths;
    const disposal = (first[0]! >> 2) & 7;
    return {
      transparent: first[0]! & 1 ? first[3]! : -1,
      disposal: disposal === 4 ? 3 : disposal, // some writers took the bits for a number from 1 on; browsers know both
      delay,
    };
  }
  if (label === COMMENT) gif.comments++;
  if (label === PLAIN_TEXT) gif.plainTexts++;
  if (label === APPLICATION && first) {
    const name = Buffer.from(first).toString('latin1');
    const data = blocks[1];
    if (!LOOPS.includes(name)) gif.applications.push({ name, data: Buffer.concat(blocks.slice(1)) });
    else if (data && data.length >= 3 && (data[0]! & 7) === 1) {
      const repeats = data[1]! + 256 * data[2]!;
      gif.loops = repeats === 0 ? 0 : repeats + 1;
    }
  }
  return control;
}
