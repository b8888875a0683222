/** Pixels of a CSS length in an element with a shadow root; for 'auto' the element's own width. */
export function lengthOf(css: string, { offsetWidth, shadowRoot }: HTMLElement): number {
  if (css === 'auto') return offsetWidth;
  const probe = document.createElement('div');
  probe.style.position = 'absolute';
  probe.style.width = css;
  shadowRoot!.append(probe);
  const { width } = probe.getBoundingClientRect();
  probe.remove();
  return width;
}
