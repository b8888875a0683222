import { LowrankImage } from './element.js';

// Defines it once, even if two scripts of a page bring the element.
if (globalThis.customElements && !customElements.get('lowrank-img'))
  customElements.define('lowrank-img', LowrankImage);

declare global {
  interface HTMLElementTagNameMap {
    'lowrank-img': LowrankImage;
  }
}

export * from './element.js';
