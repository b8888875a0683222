import { byId, showButton } from './dom.js';

/** The line that says what is being done, and for how long. It always takes its space, so that nothing moves. */
export interface ProgressLine {
  /** Work begins that takes time and can be cancelled. */
  start(text: string): void;
  /** Work is done, or there is none; the text stays. */
  end(text: string): void;
}

export function createProgressLine(onCancel: () => void): ProgressLine {
  const progress = byId('progress');
  const cancel = byId('cancel');
  const line = byId('status-text');
  let text = '';
  let started = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = (): void => {
    const seconds = Math.floor((performance.now() - started) / 1000);
    line.textContent = seconds ? `${text} ${seconds} s` : text;
  };
  cancel.addEventListener('click', onCancel);
  return {
    start(what) {
      text = what;
      started = performance.now();
      progress.hidden = cancel.hidden = false;
      clearInterval(timer);
      timer = setInterval(tick, 500);
      tick();
    },
    end(what) {
      clearInterval(timer);
      progress.hidden = true;
      line.textContent = what;
      showButton(cancel, false, byId('status'));
    },
  };
}
