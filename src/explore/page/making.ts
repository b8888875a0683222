import type { Calls, Notice, Opened, Parts, Settings, Source } from '../protocol.js';
import { type Client, createClient, Stopped } from './client.js';

/*
 * Picture -> factors -> file. Two workers take turns. The one in front has factors and answers questions. The one behind makes better
 * factors, and then comes to the front. So there is something to see at once, and answers do not stop while the encoder runs.
 */

/** Number of terms of layout `channel` that are found at once, and later. */
const [FEW, MANY] = [8, 96];
/** Files of layout `channel` take long: of larger pictures they are made when they are asked for. */
const MADE_PIXELS = 200_000;
/** The settings of the files beside the samples. */
const USUAL: Settings = { layout: 'block', basis: 'auto', quality: 75 };

/** Called as results come. */
export interface MakingEvents {
  /** Other factors are in front; `isLast`: no better ones will follow. */
  onParts(parts: Parts, isLast: boolean): void;
  /** Work that takes time begins. */
  onWork(text: string): void;
  /** All work is done. */
  onRest(): void;
  onError(message: string): void;
  onPoint(notice: Notice): void;
}

export interface Making {
  /**
   * Opens a picture, calls `onOpened`, and makes its factors and its file, with the settings that hold then. The one before stays in front
   * until it is open, and where it cannot be.
   */
  open(
    source: Source,
    isWhole: boolean,
    settings: () => Settings,
    onOpened: (opened: Opened) => void,
  ): Promise<void>;
  /** Makes factors and a file with other settings; of a picture that is being opened they will be made with these. */
  make(settings: Settings): Promise<void>;
  /** Makes the file even if that takes long. */
  makeFile(settings: Settings): Promise<void>;
  /** Asks the worker in front. */
  ask<K extends keyof Calls>(name: K, ...args: Parameters<Calls[K]>): Promise<ReturnType<Calls[K]>>;
  /**
   * Bytes of a file of the first `rank` columns of the one in front. The worker behind counts them, so that the one in front can answer;
   * undefined while it makes something better.
   */
  count(rank: number, settings: Settings): Promise<number | undefined>;
  /** Stops making; what is in front stays. */
  stop(): void;
}

/** One closure, since everything in it depends on the present run, which any call may end. */
export function createMaking(events: MakingEvents): Making {
  const create = (): Client => {
    const client = createClient(notice => client === front && events.onPoint(notice));
    return client;
  };
  let front = create();
  let behind = create();
  let isBusy = false;
  /** The run in which a picture is opened. */
  let opening: number | undefined;
  /** The present count. */
  let counting: symbol | undefined;
  /** The workers that have the open picture. */
  const holders = new Set<Client>();
  let source: Source | undefined;
  let size = { width: 0, height: 0 };
  let isWholeSize = true;
  let layout: Parts['layout'] | undefined;
  /** Can more terms be found than those in front? */
  let areFew = false;
  /** Number of the present run: answers of earlier runs are ignored. */
  let run = 0;

  /** Stops the worker behind. */
  const clearBehind = (): void => {
    isBusy = false;
    counting = undefined;
    behind.stop();
    holders.delete(behind);
  };
  const stop = (): void => {
    run++;
    if (isBusy || counting) clearBehind();
  };
  /** Makes sure that the worker behind has the picture; false if another run has begun. */
  const handOver = async (ownRun: number): Promise<boolean> => {
    if (holders.has(behind)) return true;
    const raster = await front.call('raster');
    if (ownRun !== run) return false;
    await behind.call('take', raster);
    holders.add(behind);
    return ownRun === run;
  };
  /** Gives the worker behind something to do; with the answer it comes to the front, unless another run has begun. */
  const better = async (
    ownRun: number,
    work: (client: Client) => Promise<Parts>,
  ): Promise<Parts | undefined> => {
    isBusy = true;
    if (!(await handOver(ownRun))) return undefined;
    const parts = await work(behind);
    if (ownRun !== run) return undefined;
    isBusy = false;
    [front, behind] = [behind, front];
    return parts;
  };

  const guarded = async (ownRun: number, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (ownRun !== run || error instanceof Stopped) return;
      isBusy = false;
      holders.delete(behind);
      events.onError(error instanceof Error ? error.message : String(error));
    }
    if (ownRun === run) events.onRest();
  };

  const make = async (settings: Settings, isAsked: boolean): Promise<void> => {
    if (opening === run) return;
    if (!source) return events.onRest();
    stop();
    const ownRun = run;
    return guarded(ownRun, async () => {
      const pixels = size.width * size.height;
      const makesFile = settings.layout === 'block' || isAsked || pixels <= MADE_PIXELS;
      if (layout !== settings.layout) {
        const parts = await front.call('factor', settings.layout, FEW);
        if (ownRun !== run) return;
        layout = settings.layout;
        areFew = layout === 'channel';
        events.onParts(parts, false);
      }
      if (areFew) {
        events.onWork('Finding more patterns');
        const more = await better(ownRun, client => client.call('factor', settings.layout, MANY));
        if (!more) return;
        areFew = false;
        events.onParts(more, !makesFile);
      }
      if (!makesFile) return;
      events.onWork(`Encoding ${size.width} x ${size.height} pixels`);
      const ready = isWholeSize && isUsual(settings) && source?.kind === 'address' ? source.made : undefined;
      const file = await better(ownRun, client =>
        ready ? client.call('load', ready) : client.call('encode', settings),
      );
      if (file) events.onParts(file, true);
    });
  };

  return {
    async open(from, isWhole, settings, onOpened) {
      stop();
      const ownRun = run;
      opening = ownRun;
      isBusy = true;
      events.onWork(`Opening ${from.name}`);
      let isOpen = false;
      await guarded(ownRun, async () => {
        const opened = await behind.call('open', from, isWhole);
        if (ownRun !== run) return;
        isBusy = false;
        [front, behind] = [behind, front];
        source = from;
        layout = undefined;
        holders.clear();
        holders.add(front);
        const { width, height } = opened.bitmap;
        size = { width, height };
        isWholeSize = opened.whole.width === width && opened.whole.height === height;
        onOpened(opened);
        isOpen = true;
      });
      if (ownRun !== run) return;
      opening = undefined;
      if (isOpen) await make(settings(), false);
    },
    make: settings => make(settings, false),
    makeFile: settings => make(settings, true),
    ask: (name, ...args) => front.call(name, ...args),
    async count(rank, settings) {
      if (isBusy) return undefined;
      if (counting) clearBehind();
      const ownRun = run;
      const mine = Symbol();
      counting = mine;
      try {
        const file = await front.call('file', Number.POSITIVE_INFINITY, settings);
        if (mine !== counting || !(await handOver(ownRun)) || mine !== counting) return undefined;
        return await behind.call('count', file, rank);
      } finally {
        if (mine === counting) counting = undefined;
      }
    },
    stop() {
      stop();
      events.onRest();
    },
  };
}

const isUsual = ({ layout, basis, quality }: Settings): boolean =>
  layout === USUAL.layout && basis === USUAL.basis && quality === USUAL.quality;
