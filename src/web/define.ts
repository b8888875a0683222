import { LowrankImage } from './element.js';

// Defines it once, even if two scripts of a page bring the element; and not where it could not work: on a server, in workers, in older
// browsers, and in jsdom and the like, in which programs are tested.
if (
  globalThis.ImageBitmapRenderingContext &&
  globalThis.CSSStyleSheet &&
  'replaceSync' in CSSStyleSheet.prototype &&
  !customElements.get('lowrank-img')
)
  customElements.define('lowrank-img', LowrankImage);

declare global {
  interface HTMLElementTagNameMap {
    'lowrank-img': LowrankImage;
  }
}

export * from './element.js';
