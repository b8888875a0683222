import { byId } from './dom.js';

/** The bar that is there while the encoder runs. */
export interface Busy {
  start(text: string): void;
  /** How long it will take, once that is known. */
  expect(seconds: number): void;
  end(): void;
}

/** Shown after so many milliseconds, so that it does not flicker. */
const PATIENCE = 250;

export function createBusy(onCancel: () => void): Busy {
  const bar = byId('busy');
  const progress = byId<HTMLProgressElement>('progress');
  let text = '';
  let started = 0;
  let expected = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  const tick = (): void => {
    const seconds = (performance.now() - started) / 1000;
    bar.hidden = seconds * 1000 < PATIENCE;
    // What was expected is not a promise: the bar slows down before the end and never says that it is there.
    if (expected) progress.value = 1 - Math.exp((-2.2 * seconds) / expected);
    else progress.removeAttribute('value');
    const left = expected > seconds + 1 ? `, about ${Math.ceil(expected - seconds)} s to go` : '';
    byId('busy-text').textContent = `${text} ${seconds.toFixed(0)} s${left}`;
  };
  byId('cancel').addEventListener('click', onCancel);

  return {
    start(what) {
      text = what;
      expected = 0;
      started = performance.now();
      clearInterval(timer);
      timer = setInterval(tick, 100);
    },
    expect(seconds) {
      expected = (performance.now() - started) / 1000 + seconds;
    },
    end() {
      clearInterval(timer);
      bar.hidden = true;
    },
  };
}
