import { byId } from './dom.js';

/** What the words of the page mean, by their `data-word`. */
const WORDS: Readonly<Record<string, string>> = {
  matrix:
    'A table of numbers. Whole picture: the table is the picture, a row for each row of pixels. Blocks: the picture is cut into blocks of 8 x 8 pixels, and each block is one row of 64 numbers. The codec does that: photographs need fewer patterns that way.',
  rank: 'How many patterns are added up. At rank 1 the whole picture is one pattern, more or less of it everywhere; each rank adds one pattern.',
  numbers:
    'How many numbers the patterns and their weights are, of all the numbers that the picture is. This is what truncation saves before anything is coded.',
  kept: 'The energy of a picture is the sum of its squared numbers. Each pattern holds a part of it, the first ones nearly all.',
  psnr: 'Peak signal-to-noise ratio: how near the picture is to the original, in decibels. At 30 one sees the loss, at 40 hardly; 6 dB more is half the error.',
  bytes:
    'Of a file of this rank, and the bits that each pixel takes. A sign of approximation means that they are added up, not counted.',
  ratio: 'How many times smaller the file is than the plain samples.',
  singular:
    'The weights of the patterns, from the strongest to the weakest. Where they fall fast, few patterns are enough: the picture is nearly of low rank.',
  pattern:
    'In a matrix of blocks a pattern is a tile of 8 x 8 pixels, and its weights, one a block, are a small picture themselves. In a whole picture it is one column times one row.',
  basis:
    'The patterns that blocks are made of: fixed waves (the DCT), or those that fit this very picture (its SVD), which must be stored as well.',
  exact:
    'Text and flat graphics are no sums of smooth patterns. Where it is cheaper, a block is coded pixel by pixel.',
};

/** Pixels between a word and its explanation, and from the edge of the window. */
const GAP = 8;

/** A button that explains a word. */
export function wordButton(name: keyof typeof WORDS & string, text: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'word';
  button.dataset.word = name;
  button.textContent = text;
  return button;
}

/** Explains a word where it stands, while it is pointed at, has the focus, or after a tap; Escape hides the explanation. */
export function explainWords(): void {
  const tip = byId('tip');
  let current: HTMLElement | undefined;
  const hide = (): void => {
    current?.removeAttribute('aria-describedby');
    current = undefined;
    tip.hidden = true;
  };
  /** Puts the explanation above the word, since what it describes is below it; or below; or nowhere if the word is out of sight. */
  const place = (): void => {
    if (!current) return;
    const at = current.getBoundingClientRect();
    if (at.bottom < 0 || at.top > innerHeight) {
      hide();
      return;
    }
    const { offsetWidth: wide, offsetHeight: high } = tip;
    const left = Math.max(GAP, Math.min(innerWidth - wide - GAP, at.left));
    const above = at.top - high - GAP;
    const top = above >= GAP ? above : at.bottom + GAP;
    tip.style.left = `${left}px`;
    tip.style.top = `${top}px`;
  };
  const show = (word: HTMLElement): void => {
    if (word === current) return;
    hide();
    current = word;
    tip.textContent = WORDS[word.dataset.word!] ?? '';
    tip.hidden = false;
    word.setAttribute('aria-describedby', 'tip');
    place();
  };
  const wordAt = (event: Event): HTMLElement | undefined =>
    (event.target as Element | null)?.closest?.<HTMLElement>('.word') ?? undefined;
  for (const type of ['pointerover', 'focusin', 'click'] as const)
    document.addEventListener(type, event => {
      const word = wordAt(event);
      if (word) show(word);
      else if (type !== 'pointerover' || document.activeElement !== current) hide();
    });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') hide();
  });
  // A focus or a tap may first scroll the word into view.
  addEventListener('scroll', place, { passive: true, capture: true });
}
