/** What a picture's size comes of: its attributes and its own, 0 where they are unknown. */
interface Sizes {
  width: number;
  height: number;
  naturalWidth: number;
  naturalHeight: number;
}

/** Declarations of size and aspect ratio, as an `<img>` has them of its attributes and its picture. */
export function sizeRules({ width, height, naturalWidth, naturalHeight }: Sizes): string {
  const ratio = width && height ? [width, height] : [naturalWidth, naturalHeight];
  const across = width || (!height && ratio[0]);
  const rules = [
    ratio[0] && `aspect-ratio:${ratio.join('/')}`,
    across && `width:${across}px`,
    !width && height && `height:${height}px`,
  ];
  return rules.filter(Boolean).join(';');
}
