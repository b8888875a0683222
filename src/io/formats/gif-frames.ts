const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b];

/**
 * How many whole frames a GIF has, and whether its blocks break off or stop making sense after them: loaders pass over that in
 * silence. GIF89a, sections 17 to 27.
 */
export function gifFrames(bytes: Uint8Array): { frames: number; damaged: boolean } {
  const colours = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);
  let frames = 0;
  let at = 13 + colours(bytes[10] ?? 0);
  while (at < bytes.length) {
    const kind = bytes[at];
    if (kind === TRAILER) return { frames, damaged: false };
    if (kind !== EXTENSION && kind !== IMAGE) return { frames, damaged: true };
    // an extension has a label; an image its place and size, perhaps a colour table, and the size of its codes
    at += kind === EXTENSION ? 2 : 11 + colours(bytes[at + 9] ?? 0);
    while (at < bytes.length && bytes[at] !== 0) at += 1 + bytes[at]!;
    if (at >= bytes.length) return { frames, damaged: true };
    at++;
    if (kind === IMAGE) frames++;
  }
  return { frames, damaged: at > bytes.length };
}
