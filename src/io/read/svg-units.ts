import { utf8Xml } from '../formats/svg-text.js';

/** Dots an inch by which browsers convert units of length (CSS Values 4, 6.2), and librsvg by default. */
const BROWSERS = 96;
const LOADERS = 72;
/** Default size of text in CSS pixels; loaders take 12. */
const FONT_SIZE = 16;
const USUAL_FONT = ` font-size="${FONT_SIZE}px"`;

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
  em: FONT_SIZE,
  rem: FONT_SIZE,
};
/** Words for sizes of text in CSS pixels, as browsers have them; loaders derive them from their 12. */
const FONT_SIZES: Readonly<Record<string, number>> = {
  'xx-small': 9,
  'x-small': 10,
  small: 13,
  medium: FONT_SIZE,
  large: 18,
  'x-large': 24,
  'xx-large': 32,
  'xxx-large': 48,
};
const FONT_WORD =
  /(\bfont(?:-size)?\s*[=:]\s*(?:["']\s*)?(?:[\w-]+\s+)*?)((?:xxx?|x)-(?:small|large)|small|medium|large)(?=[\s/;"'}!>])/gi;
const LENGTH = /^\s*(\d*\.?\d+(?:e[+-]?\d+)?)\s*(px|in|cm|mm|q|pt|pc|r?em)?\s*$/i;
const HAS_UNITS = /[\d.](?:in|cm|mm|q|pt|pc|rem)\b/i;
/** What loaders look for, before a root whose name has a prefix. */
const MARK = '<!--<svg -->';
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
 * their surroundings, keep their size. Text is as large as in browsers, too.
 */
export function svgUnits(svg: Uint8Array): DrawableSvg {
  const bytes = utf8Xml(svg);
  // Byte by byte, so that any text comes out unchanged.
  const text = withFontSizes(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
  );
  const root = ROOT.exec(text.replace(COMMENT, comment => ' '.repeat(comment.length)));
  if (!root) return { bytes, density: LOADERS };
  const [tag] = root;
  const { sized, density } = HAS_UNITS.test(text)
    ? sizedRoot(withFontSize(tag))
    : { sized: withFontSize(tag), density: LOADERS };
  const drawn =
    text.slice(0, root.index) +
    (tag.startsWith('<svg') ? '' : MARK) +
    sized +
    text.slice(root.index + tag.length);
  return { bytes: Buffer.from(drawn, 'latin1'), density };
}

/** The file with sizes of letters as numbers where they are words, in tags and style sheets. Takes time in proportion to the length. */
function withFontSizes(text: string): string {
  let inStyle = false;
  return text.replace(/<[^<>]*>|[^<]+/g, part => {
    const isStyled = inStyle || /^<\w/.test(part);
    const [, end] = /^<(\/?)(?:\w+:)?style\b/.exec(part) ?? [];
    if (end !== undefined) inStyle = !end && !part.endsWith('/>');
    return isStyled ? part.replace(FONT_WORD, inPixels) : part;
  });
}

const inPixels = (_: string, before: string, word: string): string =>
  `${before}${FONT_SIZES[word.toLowerCase()]}px`;

/** The tag with the default size of text, unless it has one. Style sheets outrank the attribute. */
const withFontSize = (tag: string): string =>
  /\bfont(?:-size)?\s*[=:]/.test(tag) ? tag : tag.replace(/^<(?:\w+:)?svg\b/, `$&${USUAL_FONT}`);

/** The tag of the root, and the resolution to draw it at. */
function sizedRoot(tag: string): { sized: string; density: number } {
  const width = pixelsOf(tag, 'width');
  const height = pixelsOf(tag, 'height');
  if (!width || !height) return { sized: tag, density: LOADERS };
  const share = LOADERS / BROWSERS;
  const box = /\sviewBox\s*=/.test(tag) ? '' : ` viewBox="0 0 ${width} ${height}"`;
  const sized = tag
    .replace(attribute('width'), ` width="${width * share}"`)
    .replace(attribute('height'), ` height="${height * share}"${box}`);
  return { sized, density: BROWSERS };
}

const attribute = (name: string): RegExp => new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);

/** A length of the root element in CSS pixels; undefined if it has none, or one that depends on its surroundings. */
function pixelsOf(tag: string, name: string): number | undefined {
  const [, quoted, single] = attribute(name).exec(tag) ?? [];
  const [, number, unit = ''] = LENGTH.exec(quoted ?? single ?? '') ?? [];
  // loaders know the size of a font that the root has itself
  if (number === undefined || (/em$/i.test(unit) && !tag.includes(USUAL_FONT))) return undefined;
  return Number(number) * PIXELS[unit.toLowerCase()]!;
}
