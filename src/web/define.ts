import { LowrankImage } from './element.js';

// Twice is once: two scripts of a page may both bring the element.
if (globalThis.customElements && !customElements.get('lowrank-img'))
  customElements.define('lowrank-img', LowrankImage);

declare global {
  interface HTMLElementTagNameMap {
    'lowrank-img': LowrankImage;
  }
}

export * from './element.js';
