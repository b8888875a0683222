import { byId } from './dom.js';
import type { Model } from './model.js';

/** Milliseconds between ranks. */
const BEAT = 220;

/** Shows rank after rank; higher ranks in larger steps. */
export interface Player {
  /** Plays from one rank up to another, or to the last; nothing while there are no factors. */
  start(from: number, to?: number): void;
  stop(): void;
  isPlaying(): boolean;
}

export interface PlayerEvents {
  onRank(rank: number): void;
  onEnd(): void;
}

/** Its button plays and pauses. */
export function createPlayer({ picture, rank }: Model, { onRank, onEnd }: PlayerEvents): Player {
  const button = byId('play');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (is: boolean): void => {
    button.textContent = is ? 'Pause' : 'Play';
  };
  /** The last rank. For a whole picture, a few patterns come first, and more while these play. */
  const last = (): number => {
    const { parts, isFinal } = picture.now;
    return isFinal || parts?.layout === 'block' ? (parts?.columns ?? 1) : Number.POSITIVE_INFINITY;
  };
  const start = (from: number, to = Number.POSITIVE_INFINITY): void => {
    const { parts } = picture.now;
    if (!parts) return;
    onRank(Math.min(from, parts.columns));
    clearTimeout(timer);
    const next = (): void => {
      const end = Math.min(to, last());
      if (rank() >= end) {
        stop();
        return;
      }
      onRank(Math.min(end, Math.max(rank() + 1, Math.round(rank() * 1.12))));
      timer = setTimeout(next, BEAT);
    };
    say(true);
    timer = setTimeout(next, BEAT);
  };
  const stop = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    say(false);
    onEnd();
  };
  button.addEventListener('click', () => {
    if (timer !== undefined) stop();
    else start(rank() >= (picture.now.parts?.columns ?? 1) ? 1 : rank());
  });
  return { start, stop, isPlaying: () => timer !== undefined };
}
