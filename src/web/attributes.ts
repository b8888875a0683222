import type { WithEvents } from './events.js';

/** Properties of the element that are attributes, with their values when the attribute is missing. */
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
  loops: -1,
  paused: false,
};

export type Attributes = typeof MISSING;

export const NAMES = Object.keys(MISSING) as (keyof Attributes)[];

/** An element class with a property for each attribute, which reads and writes it: text, numbers and booleans. */
export function withAttributes(Base: typeof HTMLElement): { new (): WithEvents & Attributes } {
  class Element extends Base {}
  for (const name of NAMES)
    Object.defineProperty(Element.prototype, name, {
      get(this: HTMLElement) {
        const missing = MISSING[name];
        const value = this.getAttribute(name);
        if (typeof missing === 'boolean') return value !== null;
        return typeof missing === 'number' ? Number(value ?? missing) || 0 : (value ?? missing);
      },
      set(this: HTMLElement, value: unknown) {
        if (value === null || value === undefined || value === false) this.removeAttribute(name);
        else this.setAttribute(name, value === true ? '' : String(value));
      },
    });
  return Element as unknown as { new (): WithEvents & Attributes };
}

/** Applies properties that were set before the class was defined. */
export function upgradeProperties(element: HTMLElement): void {
  const own = element as unknown as Record<string, unknown>;
  for (const name of NAMES)
    if (Object.hasOwn(own, name)) {
      const value = own[name];
      delete own[name];
      own[name] = value;
    }
}
