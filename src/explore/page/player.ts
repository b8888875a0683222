import { byId } from './dom.js';

/** Milliseconds between the ranks. */
const BEAT = 220;

/** Shows rank after rank, the higher they are the fewer. */
export interface Player {
  /** From the rank that is shown up to this one, or the last there is. */
  start(to: number): void;
  stop(): void;
  isPlaying(): boolean;
}

/** What the player moves. */
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
