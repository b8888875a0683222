/** One candidate of a `srcset`. */
interface Candidate {
  url: string;
  /** Pixels of the picture for each pixel of the page. */
  density: number;
}

/**
 * The candidate that an `<img>` with these attributes would load, on a screen with `ratio` device pixels a pixel: the smallest that is
 * sharp, or the largest. `lengthOf` gives the pixels of a CSS length, such as those in `sizes`. Undefined if there is none.
 */
export function pickSource(
  { src, srcset, sizes }: { src: string; srcset: string; sizes: string },
  ratio: number,
  lengthOf: (css: string) => number,
): Candidate | undefined {
  const candidates: Candidate[] = [];
  const width = srcset && lengthOf(sizeOf(sizes));
  // An address ends at white space, and a comma at its end does not belong to it; then a descriptor may follow.
  for (const [, url, n, unit] of srcset.matchAll(/([^\s,]\S*[^\s,])\s*(?:([\d.]+)([wx])\s*)?(?:,|$)/g))
    candidates.push({ url: url!, density: unit === 'w' ? Number(n) / Number(width) : Number(n ?? 1) });
  if (src && !/\dw\s*(,|$)|\s1x/.test(srcset)) candidates.push({ url: src, density: 1 });
  candidates.sort((a, b) => a.density - b.density);
  return candidates.find(({ density }) => density >= ratio) ?? candidates.at(-1);
}

/** The first length in `sizes` whose media condition holds. */
function sizeOf(sizes: string): string {
  // Commas within brackets do not separate.
  for (const size of sizes.split(/,(?![^(]*\))/)) {
    const [, media, length] = /^\s*(.*?)\s*(\S+\(.*\)|\S+)\s*$/s.exec(size) ?? [];
    if (length && (!media || matchMedia(media).matches)) return length;
  }
  return '100vw';
}
