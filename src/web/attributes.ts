/** Properties of the element that are attributes, and what they are where the attribute is missing. */
const MISSING = {
  src: '',
  srcset: '',
  sizes: '',
  alt: '',
  loading: '',
  crossOrigin: '',
  placeholder: '',
  rank: 0,
  psnr: 0,
  width: 0,
  height: 0,
};

type Attributes = typeof MISSING;

export const NAMES = Object.keys(MISSING) as (keyof Attributes)[];

/** A class of elements with a property for each attribute, which reads and writes it: text, or numbers that are 0 where there is none. */
export function withAttributes(Base: typeof HTMLElement): { new (): HTMLElement & Attributes } {
  class Element extends Base {}
  for (const name of NAMES)
    Object.defineProperty(Element.prototype, name, {
      get(this: HTMLElement) {
        const value = this.getAttribute(name);
        return MISSING[name] === 0 ? Number(value) || 0 : (value ?? '');
      },
      set(this: HTMLElement, value: unknown) {
        if (value === null || value === undefined) this.removeAttribute(name);
        else this.setAttribute(name, String(value));
      },
    });
  return Element as unknown as { new (): HTMLElement & Attributes };
}

/** Takes over properties that were set before the class was there. */
export function upgradeProperties(element: HTMLElement): void {
  const own = element as unknown as Record<string, unknown>;
  for (const name of NAMES)
    if (Object.hasOwn(own, name)) {
      const value = own[name];
      delete own[name];
      own[name] = value;
    }
}
