/** What a tag says. What `import hero from './hero.png?fallback&lowrank'` gives is one, but for `alt`. */
export interface Tag {
  /** Address of the .lrk file. */
  src: string;
  /** Of the picture, pixels. */
  width: number;
  height: number;
  /** What the picture shows, in words. Default '', which is for decoration. */
  alt?: string;
  /** data: URL, shown until the picture is there. */
  placeholder?: string | undefined;
  /** Addresses of the same picture in other formats, for pages without scripts: `avif`, and `image` for browsers that do not know that. */
  fallback?: { avif: string; image: string } | undefined;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (value: string | number): string => String(value).replace(/[&<>"]/g, c => ENTITIES[c]!);

const written = (attributes: Record<string, string | number | undefined>): string =>
  Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : ` ${name}="${escaped(value)}"`))
    .join('');

/**
 * The tag of `<lowrank-img>` as HTML. Its style holds the picture's place before any script has run: `width` pixels, or as many as there is room for, in the
 * exact proportion. With a `fallback` it contains a `<picture>` in `<noscript>`, which browsers with scripts do not load.
 */
export function htmlTag({ src, width, height, alt = '', placeholder, fallback }: Tag): string {
  const style = `display: inline-block; width: ${width}px; max-width: 100%; aspect-ratio: ${width} / ${height}`;
  const inside = fallback
    ? `<noscript slot="noscript"><picture><source${written({ srcset: fallback.avif, type: 'image/avif' })}>` +
      `<img${written({ src: fallback.image, width, height, alt })}></picture></noscript>`
    : '';
  return `<lowrank-img${written({ src, width, height, alt, placeholder, style })}>${inside}</lowrank-img>`;
}
