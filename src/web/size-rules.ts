/** What determines a picture's size: its attributes and its own size, 0 if unknown. */
interface Sizes {
  width: number;
  height: number;
  naturalWidth: number;
  naturalHeight: number;
}

/** Declarations of size and aspect ratio as for an `<img>`, from its attributes and its picture. */
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
