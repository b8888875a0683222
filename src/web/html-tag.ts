/** The content of a tag. The result of `import hero from './hero.png?fallback&lowrank'` is one, except for `alt`. */
export interface Tag {
  /** Address of the .lrk file. */
  src: string;
  /** Size of the picture, pixels. */
  width: number;
  height: number;
  /** What the picture shows, in words. Default '', for decoration. */
  alt?: string;
  /** data: URL, shown until the picture is there. */
  placeholder?: string | undefined;
  /** Addresses of the same picture in other formats, for pages without scripts: `avif`, and `image` for browsers without AVIF. */
  fallback?: { avif: string; image: string } | undefined;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (value: string | number): string => String(value).replace(/[&<>"]/g, c => ENTITIES[c]!);

const written = (attributes: Record<string, string | number | undefined>): string =>
  Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : ` ${name}="${escaped(value)}"`))
    .join('');

/**
 * The tag of `<lowrank-img>` as HTML. Its style reserves the picture's place before any script runs: `width` pixels, or as many as fit, in
 * the exact proportions. With a `fallback` it contains a `<picture>` in `<noscript>`, which browsers with scripts do not load.
 */
export function htmlTag({ src, width, height, alt = '', placeholder, fallback }: Tag): string {
  const style = `display: inline-block; width: ${width}px; max-width: 100%; aspect-ratio: ${width} / ${height}`;
  const inside = fallback
    ? `<noscript slot="noscript"><picture><source${written({ srcset: fallback.avif, type: 'image/avif' })}>` +
      `<img${written({ src: fallback.image, width, height, alt })}></picture></noscript>`
    : '';
  return `<lowrank-img${written({ src, width, height, alt, placeholder, style })}>${inside}</lowrank-img>`;
}
