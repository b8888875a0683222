const ENCODING = /^(\s*<\?xml\b[^>]*?\bencoding\s*=\s*)(["'])[^"'>]*\2/;

/** In which order the bytes of UTF-16 stand, by the mark at the start or the first '<'. */
function orderOf([a, b, c, d]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0 && c !== 0 && d === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c && c === 0 && d !== 0)) return 'utf-16be';
  return undefined;
}

/** XML in UTF-16 as UTF-8, which is what its declaration says then; all else as it is. */
export function utf8Xml(bytes: Uint8Array): Uint8Array {
  const order = orderOf(bytes);
  if (!order) return bytes;
  return Buffer.from(new TextDecoder(order).decode(bytes).replace(ENCODING, '$1$2UTF-8$2'));
}
