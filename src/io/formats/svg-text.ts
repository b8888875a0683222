const ENCODING = /^(\s*<\?xml\b[^>]*?\bencoding\s*=\s*)(["'])[^"'>]*\2/;

/** The byte order of UTF-16, by its mark at the start or by the first '<'; undefined for other encodings. */
function orderOf([a, b, c, d]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0 && c !== 0 && d === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c && c === 0 && d !== 0)) return 'utf-16be';
  return undefined;
}

/** XML in UTF-16 as UTF-8, with its declaration changed to match. Other bytes are returned as they are. */
export function utf8Xml(bytes: Uint8Array): Uint8Array {
  const order = orderOf(bytes);
  if (!order) return bytes;
  return Buffer.from(new TextDecoder(order).decode(bytes).replace(ENCODING, '$1$2UTF-8$2'));
}
