/** What a tag says. */
export interface Tag {
  /** As `addressOf` gives it: no character of it means anything in HTML. */
  src: string;
  /** Pixels. */
  width: number;
  height: number;
  /** data: URL. */
  placeholder?: string;
}

/**
 * The tag of `<lowrank-img>`. The style holds its very place before any script has run: `width` pixels, or as many as there is room for, in
 * the exact proportion. `alt` is left empty for its author.
 */
export function htmlTag({ src, width, height, placeholder }: Tag): string {
  const attributes = {
    src,
    width,
    height,
    alt: '',
    ...(placeholder && { placeholder }),
    style: `display: inline-block; width: ${width}px; max-width: 100%; aspect-ratio: ${width} / ${height}`,
  };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  return `<lowrank-img ${written.join(' ')}></lowrank-img>`;
}
