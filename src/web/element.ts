import type { Info } from '../decode/inspect.js';
import { failure } from './failure.js';
import type { Fetched } from './fetch-bytes.js';
import { load } from './load.js';
import { pickSource } from './source.js';

/** What a `progress` event's `detail` says of the picture that is now there. */
export interface Progress {
  /** Columns in use in the channel that has most. */
  rank: number;
  /** dB over all colour samples; NaN where the file does not say. */
  psnr: number;
  /** Bytes of the file up to here. */
  bytes: number;
  /** Layers up to here, and in the file. */
  layer: number;
  layers: number;
}

/** What a player is given: the file is no picture. */
export interface Scene {
  element: LowrankImage;
  /** Where to paint. */
  canvas: HTMLCanvasElement;
  url: string;
  /** What has arrived of the file, and the chunks that follow, which are added to it. */
  fetched: Fetched;
  rest: AsyncIterable<Uint8Array>;
  /** Aborted when the element wants something else. */
  signal: AbortSignal;
}

/** The module that plays what is no picture. */
export interface Player {
  /** Resolves when the first frame is there, or rejects with a Failure. */
  play(scene: Scene): Promise<void>;
}

/** Where there is no page, at server-side rendering, the class can be imported and not be used. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

const STYLE = `:host{display:inline-block;position:relative;overflow:hidden}
canvas{position:absolute;width:100%;height:100%;object-fit:inherit;object-position:inherit}
::slotted(*){width:100%;height:100%;object-fit:inherit}
[hidden]{display:none}`;

/** Properties that are attributes, and what they are where the attribute is missing. */
const PROPERTIES = {
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
};

/** What an element does when it comes near the screen, and when its size changes. */
const watched = new WeakMap<Element, (near: boolean) => void>();
let nearness: IntersectionObserver | undefined;
let size: ResizeObserver | undefined;

/** `<lowrank-img>`: an `<img>` for .lrk files. README.md describes attributes, properties and events. */
export class LowrankImage extends Base {
  static readonly observedAttributes = Object.keys(PROPERTIES).map(name => name.toLowerCase());

  /** Loads the module that plays files which are no pictures; without it they are errors. */
  static player: (() => Promise<Player>) | undefined;

  declare src: string;
  declare srcset: string;
  declare sizes: string;
  declare alt: string;
  declare loading: string;
  declare crossOrigin: string;
  declare placeholder: string;
  declare rank: number;
  declare psnr: number;
  declare width: number;
  declare height: number;

  /** CSS pixels that the picture has by itself; 0 before they are known. */
  naturalWidth = 0;
  naturalHeight = 0;
  /** The address in use. */
  currentSrc = '';
  /** Is there nothing to wait for? */
  complete = true;

  private canvas = document.createElement('canvas');
  private fallback = document.createElement('slot');
  private sheet = new CSSStyleSheet();
  /** Ends the load under way. */
  private controller: AbortController | undefined;
  private loaded: Promise<void> | undefined;
  private fetched: Fetched = { chunks: [], bytes: 0 };
  /** What is being loaded, or is there: the address and all that changes the picture. */
  private key: string | undefined;
  private scale: 1 | 2 | 4 | 8 = 1;
  private density = 1;
  private near = false;
  private asked = false;
  private scheduled = false;

  constructor() {
    super();
    const base = new CSSStyleSheet();
    base.replaceSync(STYLE);
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [base, this.sheet];
    root.append(this.canvas, this.fallback);
    this.fallback.hidden = true;
    this.canvas.part.add('canvas');
    this.canvas.width = 0;
    this.describe();
  }

  connectedCallback(): void {
    // Properties that were set before the class was there.
    const own = this as unknown as Record<string, unknown>;
    for (const name of Object.keys(PROPERTIES))
      if (Object.hasOwn(own, name)) {
        const value = own[name];
        delete own[name];
        own[name] = value;
      }
    nearness ??= new IntersectionObserver(
      entries => {
        for (const { target, isIntersecting } of entries) watched.get(target)?.(isIntersecting);
      },
      { rootMargin: '1250px' },
    );
    size ??= new ResizeObserver(entries => {
      for (const { target } of entries) watched.get(target)?.(false);
    });
    watched.set(this, near => {
      this.near ||= near;
      // It has grown beyond what was decoded.
      if (this.scale > 1 && this.scaleFor() < this.scale) this.key = undefined;
      this.schedule();
    });
    nearness.observe(this);
    size.observe(this);
    this.schedule();
  }

  disconnectedCallback(): void {
    nearness!.unobserve(this);
    size!.unobserve(this);
    this.asked = this.near = false;
    this.schedule();
  }

  attributeChangedCallback(name: string): void {
    if (name === 'src') this.key = undefined;
    this.describe();
    this.layOut();
    this.schedule();
  }

  /**
   * Loads the picture, lazy or not, in a document or not. Resolves when all of it that is wanted is there; rejects with a Failure. Aborting `signal` ends the
   * load.
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

  /** Looks at the attributes once all that is being changed has been. */
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
      // Moved elements are back by now: this one is gone, and so is its picture; the bytes are kept.
      this.stop();
      this.canvas.width = this.canvas.height = 0;
      return;
    }
    if (this.loading === 'lazy' && !this.near && !this.asked) return;
    const picked = pickSource(this, devicePixelRatio, css => this.lengthOf(css));
    const key = picked && [picked.url, picked.density, this.rank, this.psnr, this.crossOrigin].join();
    if (key === this.key) return;
    this.stop();
    if (!picked) return;
    this.key = key;
    this.start(new URL(picked.url, document.baseURI).href, picked.density);
  }

  private stop(): void {
    this.key = undefined;
    this.complete = true;
    const { controller } = this;
    this.controller = undefined;
    controller?.abort();
  }

  private start(url: string, density: number): void {
    const controller = new AbortController();
    const current = (): boolean => this.controller === controller;
    // Another part of what is there already is no news.
    const refining = this.scale > 1 && !this.canvas.hidden && url === this.currentSrc;
    if (url !== this.currentSrc) this.fetched = { chunks: [], bytes: 0 };
    this.controller = controller;
    this.currentSrc = url;
    this.complete = false;
    if (this.placeholder && !this.canvas.width) this.paintPlaceholder(controller);
    this.loaded = load({
      url,
      init: {
        credentials: this.crossOrigin === 'use-credentials' ? 'include' : 'same-origin',
        referrerPolicy: (this.getAttribute('referrerpolicy') ?? '') as ReferrerPolicy,
      },
      controller,
      fetched: this.fetched,
      plan: info => {
        this.density = density;
        this.naturalWidth = info.width / density;
        this.naturalHeight = info.height / density;
        this.layOut();
        this.scale = this.scaleFor();
        return { scale: this.scale, layer: this.lastLayer(info) };
      },
      show: (bitmap, layer, info) => {
        if (!current()) return bitmap.close();
        this.paint(bitmap);
        const { rank, psnr, bytes } = info.layers[layer - 1] ?? info;
        this.tell('progress', { rank, psnr, bytes, layer, layers: info.layers.length } satisfies Progress);
      },
      other:
        LowrankImage.player &&
        (async (fetched, rest) => {
          const { play } = await LowrankImage.player!();
          await play({ element: this, canvas: this.canvas, url, fetched, rest, signal: controller.signal });
        }),
    }).then(
      () => {
        if (!current()) throw failure('ABORTED', 'ABORTED');
        this.complete = true;
        if (!refining) this.tell('load');
      },
      error => {
        if (current()) {
          this.complete = true;
          this.fetched = { chunks: [], bytes: 0 };
          // What has been painted stays, unless there is something better.
          this.toggle(!this.canvas.width || !!this.childElementCount);
          this.tell('error', error);
        }
        throw error;
      },
    );
    // Who cares about the promise has it from decode(), and all others the event.
    this.loaded.catch(() => {});
  }

  /** Shows the placeholder as long as there is nothing else. */
  private paintPlaceholder(controller: AbortController): void {
    load({
      url: this.placeholder,
      init: {},
      controller: new AbortController(),
      fetched: { chunks: [], bytes: 0 },
      plan: ({ layers }) => ({ scale: 1, layer: layers.length }),
      show: bitmap => {
        if (!this.canvas.width && this.controller === controller) this.paint(bitmap);
      },
    }).catch(() => {});
  }

  private paint(bitmap: ImageBitmap): void {
    this.canvas.width = bitmap.width;
    this.canvas.height = bitmap.height;
    this.canvas.getContext('bitmaprenderer')!.transferFromImageBitmap(bitmap);
    this.toggle(false);
  }

  /** Shows the slotted fallback, or the alternative text, or else the picture. */
  private toggle(fallback: boolean): void {
    this.canvas.hidden = fallback;
    this.fallback.hidden = !fallback;
  }

  /** The last layer that is wanted, counted from 1: of at most this rank, or the first of this PSNR. */
  private lastLayer({ layers }: Info): number {
    const { rank, psnr } = this;
    const good = psnr ? layers.findIndex(layer => layer.psnr >= psnr) + 1 : 0;
    const low = rank ? Math.max(1, layers.filter(layer => layer.rank <= rank).length) : layers.length;
    return Math.min(good || layers.length, low);
  }

  /** The largest scale at which the picture has a pixel for each of the screen's. */
  private scaleFor(): 1 | 2 | 4 | 8 {
    const { width, height } = this.getBoundingClientRect();
    const room =
      (Math.min(this.naturalWidth / width, this.naturalHeight / height) * this.density) / devicePixelRatio;
    return width && height ? (([8, 4, 2] as const).find(scale => scale <= room) ?? 1) : 1;
  }

  /** Pixels of a CSS length here. */
  private lengthOf(css: string): number {
    if (css === 'auto') return this.offsetWidth;
    const probe = document.createElement('div');
    probe.style.position = 'absolute';
    probe.style.width = css;
    this.shadowRoot!.append(probe);
    const { width } = probe.getBoundingClientRect();
    probe.remove();
    return width;
  }

  /** Size and aspect ratio, as an `<img>` has them of its attributes and its picture; any rule of the page goes before. */
  private layOut(): void {
    const { width, height, naturalWidth, naturalHeight } = this;
    const ratio = naturalWidth ? [naturalWidth, naturalHeight] : [width, height];
    const rules = [
      ratio[0] && ratio[1] && `aspect-ratio:${ratio.join('/')}`,
      (width || !height) && ratio[0] && `width:${width || ratio[0]}px`,
      height && `height:${height}px`,
    ];
    this.sheet.replaceSync(`:host{${rules.filter(Boolean).join(';')}}`);
  }

  /** Tells what the picture shows. */
  private describe(): void {
    const { alt, canvas, fallback } = this;
    fallback.textContent = alt;
    canvas.setAttribute('aria-label', alt);
    canvas.setAttribute('role', this.getAttribute('alt') === '' ? 'presentation' : 'img');
  }

  private tell(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

for (const [name, missing] of Object.entries(PROPERTIES))
  Object.defineProperty(LowrankImage.prototype, name, {
    get(this: HTMLElement) {
      const value = this.getAttribute(name);
      return missing === 0 ? Number(value) || 0 : (value ?? missing);
    },
    set(this: HTMLElement, value: unknown) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, String(value));
    },
  });
