import { byId } from './dom.js';
import { integer } from './numbers.js';
import type { Facts } from './picture.js';

/** Is something being made? */
export const isBusy = (): boolean => document.body.dataset.state === 'busy';

export function setBusy(is: boolean): void {
  document.body.dataset.state = is ? 'busy' : 'ready';
}

/** Says what went wrong; nothing if the message is empty. */
export function showError(message: string): void {
  byId('error').hidden = message === '';
  byId('error').textContent = message;
}

/** What the progress line says while nothing is being made. */
export function restingText({ parts, size }: Readonly<Facts>): string {
  if (!parts || !size) return '';
  const pixels = `${integer(size.width)} x ${integer(size.height)} pixels`;
  if (parts.file)
    return `${pixels}. What is shown is decoded from a file of ${integer(parts.file.bytes)} bytes.`;
  return `${pixels}. These are the picture\u2019s own patterns, before anything is coded.`;
}
