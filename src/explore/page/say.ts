import { byId } from './dom.js';

/** Milliseconds that nothing else may have been said for. */
const REST = 700;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Announces a text to assistive technology, unless another one follows at once. */
export function say(text: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    byId('live').textContent = text;
  }, REST);
}
