import type { Failure } from './failure.js';

/** The `detail` of a `progress` event: describes the picture that is now shown. */
export interface Progress {
  /** Columns in use in the channel with most. */
  rank: number;
  /** dB over all colour samples; NaN if the file does not say. */
  psnr: number;
  /** Bytes of the file up to here. */
  bytes: number;
  /** Layers shown, and layers in the file; 0 in the compact form. */
  layer: number;
  layers: number;
}

/** The `detail` of a `frame` event: describes the frame that is now shown. */
export interface ShownFrame {
  /** From 0 on. */
  frame: number;
  /** Seconds from the start of the clip to it. */
  time: number;
  /** How often the clip has been shown before. */
  loop: number;
}

/** Events of `<lowrank-img>` itself, by name. None of them bubbles. */
export interface LowrankImageOwnEvents {
  /** A layer is painted. */
  progress: CustomEvent<Progress>;
  /** Everything that was asked for is painted. */
  load: CustomEvent<null>;
  /** The picture cannot be loaded or decoded; fires once. */
  error: CustomEvent<Failure>;
  /** A frame of a sequence is painted. */
  frame: CustomEvent<ShownFrame>;
  /** A sequence plays, pauses, or has ended. */
  play: CustomEvent<null>;
  pause: CustomEvent<null>;
  ended: CustomEvent<null>;
}

/** All events of `<lowrank-img>`, by name: its own, and those of every element. */
export interface LowrankImageEventMap
  extends Omit<HTMLElementEventMap, keyof LowrankImageOwnEvents>,
    LowrankImageOwnEvents {}

/** An element that knows the types of these events. */
export interface WithEvents extends HTMLElement {
  addEventListener<K extends keyof LowrankImageEventMap>(
    type: K,
    // biome-ignore lint/suspicious/noExplicitAny: as the DOM has it
    listener: (this: this, event: LowrankImageEventMap[K]) => any,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof LowrankImageEventMap>(
    type: K,
    // biome-ignore lint/suspicious/noExplicitAny: as the DOM has it
    listener: (this: this, event: LowrankImageEventMap[K]) => any,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}
