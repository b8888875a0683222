import { NAMES, upgradeProperties, withAttributes } from './attributes.js';
import { lengthOf } from './css-length.js';
import type { Progress } from './events.js';
import { failure } from './failure.js';
import type { Fetched } from './fetch-bytes.js';
import { getPlayer } from './get-player.js';
import { lastLayer } from './last-layer.js';
import { type Load, load } from './load.js';
import { script } from './picture-pool.js';
import type { Player } from './player.js';
import { sizeRules } from './size-rules.js';
import { pickSource } from './source.js';
import { unwatch, watch } from './watch.js';

export type * from './events.js';
export type { Failure } from './failure.js';

/** Addresses of the scripts for workers, of the page's own origin. Without one, this thread decodes in idle time. */
export interface Workers {
  /** That of `lowrank/lowrank.min.js`. */
  pictures?: string;
  /** That of `lowrank/lowrank-player.min.js`. */
  sequences?: string;
}

const STYLE = `:host{display:inline-block;position:relative;overflow:hidden}
:host([hidden]),[hidden]{display:none}
canvas,::slotted(*){width:100%;height:100%;object-fit:inherit}
canvas{position:absolute;top:0;left:0;box-sizing:border-box;padding:inherit;object-position:inherit}`;

/** One style sheet for all elements of a document: a page may hold hundreds. */
const bases = new WeakMap<Document, CSSStyleSheet>();

/** Without a page, at server-side rendering, the class can be imported but not used. */
const Base = withAttributes(globalThis.HTMLElement ?? class {});

/**
 * `<lowrank-img>`: an `<img>` for .lrk files. docs/web.md describes attributes, properties and events. Each attribute has a property of its name.
 * (One long class, and one closure for a load in it, since the state that they share takes fewer bytes in a web page so.)
 */
export class LowrankImage extends Base {
  static get observedAttributes(): string[] {
    return NAMES.map(name => name.toLowerCase());
  }

  /** Sets the scripts of workers, for pages with a Content Security Policy that forbids `blob:`. Set it before the first picture loads. */
  static set workers({ pictures = '', sequences = '' }: Workers) {
    script.only = pictures;
    LowrankImage.prototype.worker = sequences;
  }

  /** The picture's own size in CSS pixels; 0 before it is known. */
  naturalWidth = 0;
  naturalHeight = 0;
  /** The address in use. */
  currentSrc = '';
  /** Is there nothing left to load? */
  complete = true;

  private canvas = document.createElement('canvas');
  private inside = document.createElement('slot');
  private sheet!: CSSStyleSheet;
  /** Ends the present load. */
  private controller: AbortController | undefined;
  private loaded: Promise<void> | undefined;
  /** The bytes of `currentSrc`. */
  private fetched!: Fetched;
  /** Identifies what is loading or loaded: the address and everything that changes the picture. */
  private key: string | undefined;
  private scale: 1 | 2 | 4 | 8 = 1;
  /** Does the canvas show the picture of another address? */
  private stale?: boolean;
  private density!: number;
  private near?: boolean;
  private asked?: boolean;
  /** For a sequence; kept as long as the address. */
  private player: Player | undefined;
  /** @internal Has the page asked for motion? */
  urged?: boolean;
  /** @internal The script of workers for sequences, where the page has named one. */
  declare worker?: string;
  private scheduled?: boolean;

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).append(this.canvas, this.inside);
    this.adoptedCallback();
    this.toggle(false);
    this.canvas.part.add('canvas');
    this.canvas.width = 0;
    this.describe();
  }

  /** A constructed style sheet belongs to one document: an element moved to another, such as a frame, needs new ones. */
  adoptedCallback(): void {
    const { ownerDocument } = this;
    // A template has a document of its own, without a window.
    const Sheet = ownerDocument.defaultView?.CSSStyleSheet;
    if (!Sheet) return;
    let base = bases.get(ownerDocument);
    if (!base) {
      base = new Sheet();
      base.replaceSync(STYLE);
      bases.set(ownerDocument, base);
    }
    this.sheet = new Sheet();
    this.shadowRoot!.adoptedStyleSheets = [base, this.sheet];
    this.layOut();
  }

  connectedCallback(): void {
    upgradeProperties(this);
    watch(this, near => {
      this.near ||= !!near;
      // It has grown beyond what was decoded.
      if (this.scale > 1 && this.scaleFor() < this.scale) this.key = undefined;
      this.schedule();
    });
    this.schedule();
  }

  disconnectedCallback(): void {
    unwatch(this);
    this.asked = this.near = false;
    this.schedule();
  }

  attributeChangedCallback(name: string): void {
    // A new `src` is loaded even if it has the same value.
    if (name === 'src') this.key = undefined;
    if (name === 'alt') this.describe();
    if (name === 'width' || name === 'height') this.layOut();
    this.schedule();
  }

  /**
   * Loads the picture, lazy or not, in a document or not. Resolves when all of it that is wanted is there; rejects with a Failure. Aborting
   * `signal` ends the load.
   */
  async decode({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
    this.asked = true;
    this.update();
    const { controller, loaded } = this;
    if (!loaded) throw failure('OPTION', 'OPTION: src: none');
    const abort = (): void => controller?.abort();
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    return loaded.finally(() => signal?.removeEventListener('abort', abort));
  }

  /** Plays a sequence, even if the reader prefers reduced motion; after its end, again from the start. Removes the attribute `paused`. */
  play(): void {
    this.urged = true;
    this.paused = false;
  }

  /** Stops a sequence at the present frame: sets the attribute `paused`. */
  pause(): void {
    this.paused = true;
  }

  /** Number of frames of a sequence; 0 before it is known, and for pictures. */
  get frames(): number {
    return this.player?.frames ?? 0;
  }

  /** Seconds of all frames together; NaN before it is known, and for pictures. */
  get duration(): number {
    return this.player?.duration ?? Number.NaN;
  }

  /**
   * The frame shown, from 0. Setting it, once `frames` is known, shows that frame as soon as it is here; numbers out of range become the
   * first or the last.
   */
  get currentFrame(): number {
    return this.player?.currentFrame ?? 0;
  }
  set currentFrame(frame: number) {
    if (this.player) this.player.currentFrame = frame;
  }

  /** Seconds from the start to the frame shown. Setting it sets `currentFrame` to the frame due then. */
  get currentTime(): number {
    return this.player?.currentTime ?? 0;
  }
  set currentTime(time: number) {
    if (this.player) this.player.currentTime = time;
  }

  /** Looks at the attributes, once all changes at hand have been made. */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.update();
    });
  }

  private update(): void {
    if (!this.isConnected && !this.asked) {
      // Elements that were only moved are back by now. This one is gone, and so is its picture; the bytes are kept.
      this.stop();
      this.canvas.width = this.canvas.height = 0;
      return;
    }
    if (/^lazy$/i.test(this.loading) && !this.near && !this.asked) return;
    const picked = pickSource(this, devicePixelRatio, css => lengthOf(css, this));
    const key = picked && [picked.url, picked.density, this.rank, this.psnr, this.crossOrigin].join();
    if (key === this.key && (key || !this.currentSrc)) return;
    this.stop();
    if (picked) {
      this.key = key;
      this.start(picked.url, picked.density);
    } else {
      this.currentSrc = '';
      this.player = undefined;
      this.clear();
      this.toggle(false);
    }
  }

  /** Forgets the picture that is shown. */
  private clear(): void {
    this.canvas.width = this.canvas.height = this.naturalWidth = this.naturalHeight = 0;
    this.layOut();
  }

  private stop(): void {
    this.key = this.loaded = undefined;
    this.complete = true;
    const { controller } = this;
    this.controller = undefined;
    controller?.abort();
  }

  private start(address: string, density: number): void {
    let url = address;
    try {
      url = new URL(url, this.baseURI).href;
    } catch {
      // fetch reports what is wrong with it.
    }
    const controller = new AbortController();
    const current = (): boolean => this.controller === controller;
    // No need to report a layer that is already shown.
    const { scale: before } = this;
    const refining = before > 1 && !this.canvas.hidden && url === this.currentSrc;
    if (url !== this.currentSrc) {
      this.fetched = { chunks: [], bytes: 0 };
      this.player = undefined;
      this.stale = true;
    }
    this.controller = controller;
    this.currentSrc = url;
    this.complete = false;
    if (this.placeholder && !this.canvas.width) this.paintPlaceholder(current);
    const fetched = this.fetched;
    const plan: Load['plan'] = (info, scale) => {
      this.density = density;
      this.naturalWidth = info.width / density;
      this.naturalHeight = info.height / density;
      this.layOut();
      this.scale = scale ?? this.scaleFor();
      return { scale: this.scale, layer: lastLayer(info, this) };
    };
    const show: Load['show'] = (bitmap, layer, info) => {
      // A layer may still be on its way from a worker when another has failed.
      if (!current() || this.complete) return bitmap.close();
      this.paint(bitmap);
      const { rank, psnr, bytes } = info.layers[layer - 1] ?? info;
      this.tell('progress', { rank, psnr, bytes, layer, layers: info.layers.length } satisfies Progress);
    };
    const fail = (error: unknown): void => {
      if (!current()) return;
      this.complete = true;
      this.fetched = { chunks: [], bytes: 0 };
      // The picture shown before stays; the next change of size tries again.
      if (refining) {
        this.scale = before;
        return;
      }
      if (this.stale) this.clear();
      // A partly loaded picture stays, unless there is a better fallback.
      this.toggle(!this.canvas.width || !!this.inside.assignedElements().length);
      this.tell('error', error);
    };
    this.loaded = load({
      url,
      init: {
        credentials: /^use-credentials$/i.test(this.crossOrigin) ? 'include' : 'same-origin',
        referrerPolicy: (this.getAttribute('referrerpolicy') ?? '') as ReferrerPolicy,
      },
      controller,
      fetched,
      plan,
      show,
      play: async rest => {
        const { Player } = await getPlayer();
        if (!current()) return;
        this.player ??= new Player(this);
        return this.player.load({ rest, fetched, controller, plan, show, fail });
      },
    }).then(
      () => {
        if (!current()) throw failure('ABORTED', 'ABORTED');
        this.complete = true;
        if (!refining) this.tell('load');
      },
      error => {
        fail(error);
        throw error;
      },
    );
    // Callers of decode() get the error from its promise, all others from the event.
    this.loaded.catch(() => {});
  }

  /** Shows the placeholder as long as there is nothing else. */
  private paintPlaceholder(current: () => boolean): void {
    load({
      url: this.placeholder,
      controller: new AbortController(),
      fetched: { chunks: [], bytes: 0 },
      plan: ({ layers }) => ({ scale: 1, layer: layers.length }),
      show: bitmap => (this.canvas.width || !current() ? bitmap.close() : this.paint(bitmap)),
    }).catch(() => {});
  }

  /** @internal */
  paint(bitmap: ImageBitmap): void {
    this.canvas.width = bitmap.width;
    this.canvas.height = bitmap.height;
    this.canvas.getContext('bitmaprenderer')!.transferFromImageBitmap(bitmap);
    this.stale = false;
    this.toggle(false);
  }

  /** Shows the slotted fallback or the alternative text, or else the picture. */
  private toggle(fallback: boolean): void {
    this.canvas.hidden = fallback;
    this.inside.hidden = !fallback;
  }

  /** The largest scale at which the picture has a pixel for each device pixel. */
  private scaleFor(): 1 | 2 | 4 | 8 {
    const { width, height } = this.getBoundingClientRect();
    const room =
      (Math.min(this.naturalWidth / width, this.naturalHeight / height) * this.density) / devicePixelRatio;
    return width && height ? (([8, 4, 2] as const).find(scale => scale <= room) ?? 1) : 1;
  }

  /** Sets size and aspect ratio as for an `<img>`, from its attributes and its picture; any rule of the page overrides them. */
  private layOut(): void {
    this.sheet.replaceSync(`:host{${sizeRules(this)}}`);
  }

  /** Sets what assistive technology says of the picture. */
  private describe(): void {
    const { alt, canvas, inside } = this;
    inside.textContent = alt;
    canvas.setAttribute('aria-label', alt);
    canvas.setAttribute('role', 'img');
    // Not the role `presentation`: with a label, even an empty one, it would not count.
    canvas.setAttribute('aria-hidden', `${this.getAttribute('alt') === ''}`);
  }

  private tell(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
