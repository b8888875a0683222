import { byId } from './dom.js';

/** Milliseconds between ranks. */
const BEAT = 220;

/** Shows rank after rank; higher ranks in larger steps. */
export interface Player {
  /** Plays from the present rank up to this one, or the last. */
  start(to: number): void;
  stop(): void;
  isPlaying(): boolean;
}

/** What the player controls. */
export interface Played {
  rank: () => number;
  last: () => number;
  onRank: (rank: number) => void;
  onEnd: () => void;
}

export function createPlayer({ rank, last, onRank, onEnd }: Played): Player {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (is: boolean): void => {
    byId('play').textContent = is ? 'Pause' : 'Play';
    byId('play').setAttribute('aria-pressed', String(is));
  };
  const stop = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    say(false);
    onEnd();
  };
  return {
    start(to) {
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
    },
    stop,
    isPlaying: () => timer !== undefined,
  };
}
