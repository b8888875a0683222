/** Dots an inch by which browsers convert units of length (CSS Values 4, 6.2), and librsvg by default. */
const BROWSERS = 96;
const LOADERS = 72;

/** CSS pixels of each unit. */
const PIXELS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  in: BROWSERS,
  cm: BROWSERS / 2.54,
  mm: BROWSERS / 25.4,
  q: BROWSERS / 101.6,
  pt: BROWSERS / 72,
  pc: BROWSERS / 6,
};
const LENGTH = /^\s*(\d*\.?\d+(?:e[+-]?\d+)?)\s*(px|in|cm|mm|q|pt|pc)?\s*$/i;
const HAS_UNITS = /[\d.](?:in|cm|mm|q|pt|pc)\b/i;
const COMMENT = /<!--[\s\S]*?-->/g;
const ROOT = /<(?:\w+:)?svg\b(?:[^>"']|"[^"]*"|'[^']*')*>/;

/** An SVG for a loader, and the resolution to render it at. */
export interface DrawableSvg {
  bytes: Uint8Array;
  /** Dots an inch. */
  density: number;
}

/**
 * Makes millimetres, points and the like as large as in browsers, 96 dots an inch. Loaders scale the whole picture by their resolution,
 * pixels included, so the picture's own size is reduced by the same factor. Pictures without such units, or with a size that depends on
 * their surroundings, are unchanged.
 */
export function svgUnits(bytes: Uint8Array): DrawableSvg {
  const plain = { bytes, density: LOADERS };
  // Byte by byte, so that any text comes out unchanged.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!HAS_UNITS.test(text)) return plain;
  const root = ROOT.exec(text.replace(COMMENT, comment => ' '.repeat(comment.length)));
  if (!root) return plain;
  const [tag] = root;
  const width = pixelsOf(tag, 'width');
  const height = pixelsOf(tag, 'height');
  if (!width || !height) return plain;
  const share = LOADERS / BROWSERS;
  const box = /\sviewBox\s*=/.test(tag) ? '' : ` viewBox="0 0 ${width} ${height}"`;
  const sized = tag
    .replace(attribute('width'), ` width="${width * share}"`)
    .replace(attribute('height'), ` height="${height * share}"${box}`);
  const drawn = text.slice(0, root.index) + sized + text.slice(root.index + tag.length);
  return { bytes: Buffer.from(drawn, 'latin1'), density: BROWSERS };
}

const attribute = (name: string): RegExp => new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);

/** A length of the root element in CSS pixels; undefined if it has none, or one that depends on its surroundings. */
function pixelsOf(tag: string, name: string): number | undefined {
  const [, quoted, single] = attribute(name).exec(tag) ?? [];
  const [, number, unit = ''] = LENGTH.exec(quoted ?? single ?? '') ?? [];
  return number === undefined ? undefined : Number(number) * PIXELS[unit.toLowerCase()]!;
}
