import type { LowrankImage, LowrankImageOwnEvents } from '../dist/web/define.js';

export type { LowrankImage } from '../dist/web/define.js';

/** Attributes of `<lowrank-img>`, by the names of their properties. docs/web.md says what each does. */
export interface LowrankImageAttributes {
  src?: string | undefined;
  srcset?: string | undefined;
  sizes?: string | undefined;
  alt?: string | undefined;
  /** CSS pixels. */
  width?: number | string | undefined;
  /** CSS pixels. */
  height?: number | string | undefined;
  loading?: 'lazy' | 'eager' | undefined;
  crossOrigin?: 'anonymous' | 'use-credentials' | '' | undefined;
  referrerpolicy?: ReferrerPolicy | undefined;
  /** `data:` URL, shown until the first layer is there. */
  placeholder?: string | undefined;
  /** Load no further than this rank. Of a sequence: spatial factors. */
  rank?: number | string | undefined;
  /** Load no further than so many dB. */
  psnr?: number | string | undefined;
  /** Of a sequence: how often to play, 0 for ever. */
  loops?: number | string | undefined;
  /** Of a sequence: stand still. */
  paused?: boolean | undefined;
}

/** Listeners for the element's own events, `onload` and so on. They are lower case, as the names of the events are. */
export type LowrankImageListeners = {
  [K in keyof LowrankImageOwnEvents as `on${K}`]?:
    | ((event: LowrankImageOwnEvents[K] & { currentTarget: LowrankImage }) => void)
    | undefined;
};
