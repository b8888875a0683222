import type { Info } from '../decode/index.js';
import type { SequenceInfo } from '../sequence/index.js';
import { createBell } from './bell.js';
import { type ClipFrames, clipFrames, script } from './clip-frames.js';
import { createClock } from './clock.js';
import type { ShownFrame } from './events.js';
import { type Failure, failure } from './failure.js';
import type { Fetched } from './fetch-bytes.js';
import { type Timeline, timelineOf } from './timeline.js';

/** The element that a clip plays in. */
export interface Stage extends HTMLElement {
  paused: boolean;
  /** How often the clip is shown, 0 for ever; negative: as the file says. */
  loops: number;
  /** Show frames from this many spatial factors, without the rest; 0 for whole frames. */
  rank: number;
  /** Does the page ask for motion, whatever the reader prefers? */
  urged?: boolean;
  /** The only script that its workers may run, '' for none; undefined: the player finds one. */
  worker?: string | undefined;
  paint(bitmap: ImageBitmap): void;
}

/** A clip that has begun to arrive. */
export interface Clip {
  /** Fetches the rest and adds it to `fetched`. */
  rest: AsyncIterable<unknown>;
  fetched: Fetched;
  /** Ends the load. */
  controller: AbortController;
  /** Called once with the header of the background. */
  plan(info: Info, scale: 1): void;
  /** Called with each layer of the background. */
  show(bitmap: ImageBitmap, layer: number, info: Info): void;
  /** Called with an error that happens after everything has arrived. */
  fail(error: Failure): void;
}

/** What to show next. */
interface Place {
  /** From 0; one after the last frame means the end. */
  frame: number;
  loop: number;
  /** When it is due by the clock; undefined: as soon as it is here. */
  at?: number;
}

/** Milliseconds that frames may be late before the clock is set back. */
const LATE = 1000;
/** Longer waits, in milliseconds, use a timer until this long before the end, then the screen's frames. */
const NEAR = 50;
const CALM = '(prefers-reduced-motion: reduce)';

const sleep = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));
const rendering = (): Promise<unknown> => new Promise(resolve => requestAnimationFrame(resolve));

/** Plays a sequence in an element; `<lowrank-img>` fetches it when it meets one. It survives the element's removal from the page. */
export class Player {
  /** Number of frames; 0 before it is known. */
  frames = 0;
  private timeline: Timeline = timelineOf([]);
  private info: SequenceInfo | undefined;
  /** The frame shown; undefined before the first. */
  private shown: Place | undefined;
  /** What to show next: a new object whenever that changes, undefined for nothing. */
  private place: Place | undefined;
  private clock = createClock(() => performance.now());
  private bell = createBell();
  private fetched: Fetched | undefined;
  private ended = false;
  private paused = true;
  private visible = false;
  private running = false;

  constructor(private readonly element: Stage) {
    script.only = element.worker;
  }

  /** Seconds of all frames; NaN before it is known. */
  get duration(): number {
    return this.info ? this.timeline.duration / 1000 : Number.NaN;
  }

  /** The frame shown, from 0. Setting it shows another as soon as it is here. */
  get currentFrame(): number {
    return this.shown?.frame ?? 0;
  }
  set currentFrame(frame: number) {
    if (!this.frames) return;
    const within = Math.max(0, Math.min(this.frames - 1, Math.trunc(frame) || 0));
    this.ended = false;
    this.goTo({ frame: within, loop: this.shown?.loop ?? 0 });
  }

  /** Seconds from the start to the frame shown. */
  get currentTime(): number {
    return this.timeline.startOf(this.currentFrame) / 1000;
  }
  set currentTime(time: number) {
    this.currentFrame = this.timeline.frameAt(time * 1000);
  }

  /** Plays a clip, continuing where it was. Resolves when all of it has arrived and a frame is shown; throws a Failure. */
  load(clip: Clip): Promise<void> {
    const stop = new AbortController();
    this.fetched = clip.fetched;
    const frames = clipFrames({
      fetched: clip.fetched,
      bell: this.bell,
      rank: this.element.rank,
      told: info => this.begin(info, clip),
      show: (bitmap, layer) => clip.show(bitmap, layer, this.info!.background),
    });
    stop.signal.addEventListener('abort', () => {
      frames.close();
      this.goTo(undefined);
      this.follow();
    });
    this.watch(stop.signal);
    this.goTo({ frame: this.currentFrame, loop: this.shown?.loop ?? 0 });
    return new Promise((resolve, reject) => {
      let loaded = false;
      const end = (error: Failure): void => {
        if (loaded && !stop.signal.aborted) clip.fail(error);
        stop.abort();
        reject(error);
      };
      clip.controller.signal.addEventListener('abort', () => {
        stop.abort();
        end(failure('ABORTED', 'ABORTED'));
      });
      let isShown = false;
      const paint = (bitmap: ImageBitmap): void => {
        this.element.paint(bitmap);
        isShown = true;
        this.bell.ring();
      };
      this.run(frames, paint, stop.signal).catch(end);
      // Low-rank parts do not need the frames' own bytes: no more is fetched than is asked for.
      const isEnough = (): boolean => stop.signal.aborted || isShown;
      const wantsMore = (): boolean => !this.element.rank || frames.starving || isEnough();
      Promise.all([
        this.fetch(clip, wantsMore, () => !!this.element.rank && isEnough()),
        this.until(isEnough),
      ]).then(() => {
        loaded = true;
        resolve();
      }, end);
    });
  }

  /** Fetches the rest of the file chunk by chunk, whenever more is wanted, until it is enough. */
  private async fetch(
    { fetched, rest }: Clip,
    wantsMore: () => boolean,
    isEnough: () => boolean,
  ): Promise<void> {
    await this.until(wantsMore);
    if (!fetched.done && !isEnough())
      for await (const _ of rest) {
        this.bell.ring();
        await this.until(wantsMore);
        if (isEnough()) break;
      }
    this.bell.ring();
  }

  /** Waits, checking whenever the bell rings. */
  private async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await this.bell.rung;
  }

  /** Shows frame after frame, each when it is due. */
  private async run(frames: ClipFrames, paint: Stage['paint'], signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { place } = this;
      if (!place) {
        await this.bell.rung;
        continue;
      }
      const isPlace = (): boolean => this.place === place;
      const atEnd = !!this.info && place.frame === this.frames;
      const bitmap = atEnd ? undefined : await frames.get(place.frame, isPlace);
      await this.due(place, isPlace);
      if (!isPlace()) bitmap?.close();
      else if (bitmap) {
        paint(bitmap);
        this.arrive(place, frames.waited);
      } else this.end();
    }
  }

  /** Waits until a place is due, or another one is wanted. */
  private async due({ at }: Place, isPlace: () => boolean): Promise<void> {
    if (at === undefined) return;
    // At most one frame for each of the screen's, however short they are.
    for (let waited = false; isPlace(); ) {
      const left = at - this.clock.time;
      if (!this.running) await this.bell.rung;
      else if (waited && left <= 0) return;
      else {
        await Promise.race([this.bell.rung, left > 2 * NEAR ? sleep(left - NEAR) : rendering()]);
        waited = true;
      }
    }
  }

  /** Called when the sequence's header is here. */
  private begin(info: SequenceInfo, clip: Clip): void {
    const { element } = this;
    if (!this.info && info.frames > 1 && !element.urged && matchMedia(CALM).matches) element.paused = true;
    this.info = info;
    this.timeline = timelineOf(info.durations);
    this.frames = info.frames;
    clip.plan(info.background, 1);
    this.follow();
    // Another version of the file may be shorter.
    if (this.place && this.place.frame >= this.frames) this.goTo({ frame: 0, loop: 0 });
  }

  /** Called when a frame has been painted: sets the clock and the next place. */
  private arrive(place: Place, waited: boolean): void {
    const { clock, timeline, shown } = this;
    const start = timeline.startOf(place.frame);
    if (shown && place.loop > shown.loop) clock.set(clock.time - timeline.duration);
    if (place.at === undefined || waited || clock.time - start > LATE) clock.set(start);
    this.shown = place;
    this.follow();
    this.place = this.after(place);
    this.tell('frame', { frame: place.frame, time: start / 1000, loop: place.loop } satisfies ShownFrame);
  }

  /** What follows a frame: the next one, or, if decoding is late, the one due by now; or the first again; or the end. */
  private after({ frame, loop }: Place): Place | undefined {
    const { frames, timeline, element, clock, info, fetched } = this;
    if (frames < 2) return undefined;
    if (frame + 1 < frames) {
      // No frame is skipped for one that may have to be waited for.
      const next = Math.max(frame + 1, this.running && fetched!.done ? timeline.frameAt(clock.time) : 0);
      return { frame: next, loop, at: timeline.startOf(next) };
    }
    const loops = element.loops < 0 ? info!.loops : element.loops;
    const isLast = loops > 0 && loop + 1 >= loops;
    return { ...(isLast ? { frame: frames, loop } : { frame: 0, loop: loop + 1 }), at: timeline.duration };
  }

  private end(): void {
    this.ended = true;
    this.place = undefined;
    this.element.paused = true;
    this.follow();
    this.tell('ended');
  }

  private goTo(place: Place | undefined): void {
    this.place = place;
    this.bell.ring();
  }

  /** Follows everything that decides whether the clip runs, until it is stopped. */
  private watch(signal: AbortSignal): void {
    const { element } = this;
    const follow = (): void => this.follow();
    const attributes = new MutationObserver(follow);
    const sight = new IntersectionObserver(entries => {
      this.visible = entries.at(-1)!.isIntersecting;
      follow();
    });
    attributes.observe(element, { attributeFilter: ['paused'] });
    sight.observe(element);
    document.addEventListener('visibilitychange', follow, { signal });
    signal.addEventListener('abort', () => {
      attributes.disconnect();
      sight.disconnect();
      this.visible = false;
    });
  }

  /** Starts or stops the clip as needed, and fires events if asked to. */
  private follow(): void {
    if (this.frames < 2) return;
    const { paused } = this.element;
    if (paused !== this.paused) {
      this.paused = paused;
      if (!paused && this.ended) {
        this.ended = false;
        this.goTo({ frame: 0, loop: 0 });
      }
      this.tell(paused ? 'pause' : 'play');
    }
    this.running = !paused && this.visible && !document.hidden && !!this.shown;
    this.clock.run(this.running);
    this.bell.ring();
  }

  private tell(type: string, detail?: unknown): void {
    this.element.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
