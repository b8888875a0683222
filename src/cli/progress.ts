import { Presets, SingleBar } from 'cli-progress';
import { printable } from '../io/metadata/printable.js';
import type { Terminal } from './terminal.js';
import { timeLeft } from './time-left.js';

/** A bar that is drawn only on a terminal and only where the work is long. */
export interface Progress {
  /** Work done, 0 to 1, and the file at work. */
  update(fraction: number, name?: string): void;
  /** Writes a line of text to stderr, above the bar if it is there. */
  line(text: string): void;
  /** Takes the bar away. */
  end(): void;
}

/** Work that ends within this needs no bar. */
const LONG_MILLISECONDS = 1000;
const STEPS = 1000;
/** Of a name so many characters are shown, the last. */
const NAME_LENGTH = 32;

/** A progress bar on stderr, for a run whose whole is 1, with the time left. */
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
      // encoding holds the event loop, so the bar is drawn on update, not by its timer; signals are main.ts's
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
