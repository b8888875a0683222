import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { LowrankImage, LowrankImageAttributes, LowrankImageListeners } from './attributes.js';

export * from '../dist/web/define.js';

/** React 19 passes lower-case `on...` of a custom element to addEventListener. Its own `onLoad` and so on never hear of this element. */
type Props = Omit<DetailedHTMLProps<HTMLAttributes<LowrankImage>, LowrankImage>, NotHeard> &
  LowrankImageAttributes &
  LowrankImageListeners;
type NotHeard = 'onLoad' | 'onProgress' | 'onError' | 'onPlay' | 'onPause' | 'onEnded';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'lowrank-img': Props;
    }
  }
}
