import type { PagePicture } from './data.js';
import { createDecoder, serveDecoder } from './decoder.js';
import { wakeViewer } from './viewer.js';

/*
 * The script of a report. It is its own worker too: a page from disk can load no second file.
 */

/** One picture at a time is shown, and its viewer wakes when it is. Without scripts all of them are there, with their tables. */
function begin(): void {
  const pictures = JSON.parse(document.getElementById('data')!.textContent!) as PagePicture[];
  const decode = createDecoder(document.currentScript!.textContent!);
  const sections = [...document.querySelectorAll<HTMLElement>('section.picture')];
  const choice = document.querySelector<HTMLSelectElement>('#choice');
  const awake = new Set<number>();
  const show = (at: number): void => {
    sections.forEach((section, i) => {
      section.hidden = i !== at;
    });
    if (!awake.has(at)) wakeViewer(sections[at]!, pictures[at]!, decode);
    awake.add(at);
  };
  document.documentElement.classList.add('scripted');
  choice?.addEventListener('change', () => show(Number(choice.value)));
  show(Number(choice?.value ?? 0));
}

if (typeof document === 'undefined') serveDecoder();
else begin();
