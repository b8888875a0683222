import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { LowrankImage, LowrankImageAttributes } from './attributes.js';
import type { LowrankImageOwnEvents } from '../dist/web/define.js';

export * from '../dist/web/define.js';

type Listeners = {
  [K in keyof LowrankImageOwnEvents as `on${Capitalize<K>}`]?: (event: LowrankImageOwnEvents[K]) => void;
};
type Emits = { [K in keyof LowrankImageOwnEvents]: (event: LowrankImageOwnEvents[K]) => void };

/** The element as Vue's templates see it. */
type LowrankImg = new () => LowrankImage & {
  /** Only for the checking of templates. @deprecated */
  $props: Omit<HTMLAttributes, keyof Listeners> & LowrankImageAttributes & Listeners & PublicProps;
  /** Only for the checking of templates. @deprecated */
  $emit: EmitFn<Emits>;
};

declare module 'vue' {
  interface GlobalComponents {
    'lowrank-img': LowrankImg;
    LowrankImg: LowrankImg;
  }
}
