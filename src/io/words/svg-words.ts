import { utf8Xml } from '../formats/svg-text.js';
import { listed } from '../metadata/printable.js';
import { type FileWords, noWords } from './file-words.js';

/** Addresses inside the file itself. */
const isInside = (address: string): boolean => /^(#|data:)/i.test(address.trim());

/** Variables, conditions, newer functions of colours, and a background of the root. */
const CSS_OF_BROWSERS =
  /[\s;{"']--[\w-]+\s*:|@(?:media|supports|container|layer)\b|[:"'\s](?:ok)?l(?:ab|ch)\(|\bcolor(?:-mix)?\(|light-dark\(|<(?:\w+:)?svg\b[^>]*\sstyle\s*=\s*["'][^"']*\bbackground(?:-color)?\s*:/;

/** What an SVG asks for that is not drawn here. */
export function svgWords(bytes: Uint8Array): FileWords {
  const words = noWords();
  const text = new TextDecoder().decode(utf8Xml(bytes)).replace(/<!--[\s\S]*?-->/g, '');
  const links = [...text.matchAll(/<(?:\w+:)?(?:image|use|feImage)\b[^>]*?\bhref\s*=\s*(["'])(.*?)\1/gs)].map(
    ([, , address]) => address!,
  );
  const sheets = [...text.matchAll(/<\?xml-stylesheet\b[^>]*?\bhref\s*=\s*(["'])(.*?)\1/gs)].map(
    ([, , address]) => address!,
  );
  const urls = [...text.matchAll(/url\(\s*(["']?)(.*?)\1\s*\)|@import\s+(["'])(.*?)\3/gs)].map(
    ([, , a, , b]) => a ?? b!,
  );
  const outside = [...new Set([...sheets, ...links, ...urls].filter(address => !isInside(address)))];
  if (outside.length > 0) words.pictureNotes.push(`what it refers to is not loaded: ${listed(outside)}`);
  if (/<(?:\w+:)?foreignObject\b/.test(text))
    words.pictureNotes.push('its foreignObject, which only browsers draw, is left out');
  if (CSS_OF_BROWSERS.test(text)) words.pictureNotes.push('CSS that only browsers draw is left out');
  if (/<(?:\w+:)?script\b/.test(text)) words.pictureNotes.push('its script is not run');
  if (/<(?:\w+:)?(?:animate\w*|set)\b|@keyframes/.test(text))
    words.pictureNotes.push('it is animated: drawn as it is at the start');
  return words;
}
