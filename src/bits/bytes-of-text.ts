/** First character of the alphabet of 91 characters used for text, and its size: two characters hold 13 bits. */
export const FIRST = 35;
export const ALPHABET = 91;

/** The bytes that printable text encodes: every two characters are a number of base 91 with 13 bits. */
export function bytesOfText(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let i = 0, buffer = 0, bits = 0; i < text.length; i += 2) {
    const [a, b] = [i, i + 1].map(at => text.charCodeAt(at) - FIRST);
    buffer = (buffer << 13) | (a! * ALPHABET + b!);
    for (bits += 13; bits >= 8; ) bytes.push(buffer >> (bits -= 8));
  }
  return Uint8Array.from(bytes);
}
