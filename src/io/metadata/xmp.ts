/**
 * A copy of an XMP packet with tiff:Orientation, attribute or element, set to 1: XMP repeats what EXIF says, and some readers believe it.
 * One digit replaces another, so that the packet keeps its length and padding.
 */
export function uprightXmp(xmp: Uint8Array): Uint8Array {
  // latin1 keeps every byte of UTF-8 as one character, so offsets in the text are offsets in the bytes
  const text = Buffer.from(xmp.buffer, xmp.byteOffset, xmp.byteLength).toString('latin1');
  const field = /(<tiff:Orientation>\s*|\btiff:Orientation\s*=\s*["'])[1-8]/g;
  const upright = text.replace(field, (_match, before: string) => `${before}1`);
  return new Uint8Array(Buffer.from(upright, 'latin1'));
}
