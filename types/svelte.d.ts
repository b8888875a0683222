import type { HTMLAttributes } from 'svelte/elements';
import type { LowrankImage, LowrankImageAttributes, LowrankImageListeners } from './attributes.js';

export * from '../dist/web/define.js';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'lowrank-img': Omit<HTMLAttributes<LowrankImage>, keyof LowrankImageListeners> &
      LowrankImageAttributes &
      LowrankImageListeners;
  }
}
