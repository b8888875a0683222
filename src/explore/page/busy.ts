import { byId } from './dom.js';

/** The bar that is there while the encoder runs: it says for how long. How long it will take is not known, as time does not go with pixels alone. */
export interface Busy {
  start(text: string): void;
  end(): void;
}

/** Shown after so many milliseconds, so that it does not flicker. */
const PATIENCE = 250;

export function createBusy(onCancel: () => void): Busy {
  const bar = byId('busy');
  let text = '';
  let started = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  const tick = (): void => {
    const seconds = (performance.now() - started) / 1000;
    bar.hidden = seconds * 1000 < PATIENCE;
    byId('busy-text').textContent = `${text} ${seconds.toFixed(0)} s`;
  };
  byId('cancel').addEventListener('click', onCancel);

  return {
    start(what) {
      text = what;
      started = performance.now();
      clearInterval(timer);
      timer = setInterval(tick, 100);
    },
    end() {
      clearInterval(timer);
      bar.hidden = true;
    },
  };
}
