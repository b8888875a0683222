import { Presets, SingleBar } from 'cli-progress';
import { printable } from '../io/metadata/printable.js';
import type { Terminal } from './terminal.js';
import { timeLeft } from './time-left.js';

/** A progress bar, shown only on a terminal and only if the work takes long. */
export interface Progress {
  /** The share of the work done, 0 to 1, and the present file. */
  update(fraction: number, name?: string): void;
  /** Writes a line of text to stderr, above the bar if it is shown. */
  line(text: string): void;
  /** Removes the bar. */
  end(): void;
}

/** Shorter work gets no bar. */
const LONG_MILLISECONDS = 1000;
const STEPS = 1000;
/** At most this many characters of a name are shown, the last ones. */
const NAME_LENGTH = 32;

/** A progress bar on stderr with the time left, for a run from 0 to 1. */
export function createProgress(terminal: Terminal): Progress {
  const { stderr } = terminal;
  const write = (text: string): void => void stderr.write(`${printable(text)}\n`);
  if (!stderr.isTTY) return { update() {}, line: write, end() {} };
  const started = performance.now();
  let bar: SingleBar | undefined;
  let done = 0;
  let name = '';
  const payload = () => ({ left: timeLeft(performance.now() - started, done), name });
  const draw = (): void => {
    bar ??= new SingleBar(
      // encoding blocks the event loop, so the bar is drawn on update, not by its timer; main.ts handles signals
      {
        stream: stderr,
        clearOnComplete: true,
        synchronousUpdate: true,
        gracefulExit: false,
        hideCursor: false,
        linewrap: true, // else a signal would leave the terminal without it
        format: '{bar} {percentage} %{left}{name}',
      },
      Presets.shades_classic,
    );
    bar.start(STEPS, Math.round(done * STEPS), payload());
  };
  const clear = (): void => bar?.stop();
  return {
    update(fraction, file = '') {
      done = fraction;
      name = file && printable(`  ${file.length > NAME_LENGTH ? `...${file.slice(3 - NAME_LENGTH)}` : file}`);
      if (bar?.isActive) bar.update(Math.round(done * STEPS), payload());
      else if (performance.now() - started > LONG_MILLISECONDS) draw();
    },
    line(text) {
      const wasActive = bar?.isActive === true;
      clear();
      write(text);
      if (wasActive) draw();
    },
    end: clear,
  };
}
