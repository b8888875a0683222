import type { AtomPictures, BlockDetails, Parts } from '../protocol.js';
import { atomName, isSame } from './atoms.js';
import { byId, drawPixels, element, pixelCanvas } from './dom.js';
import { latest } from './latest.js';
import type { Model } from './model.js';
import { bits, channelName, decibels } from './numbers.js';
import { say } from './say.js';

const BLOCK = 8;

/** Returns what shows of what the chosen block is made, while its panel is open. Another block is announced. */
export function createBlockPanel({ choices, picture, rank, ask }: Model): () => void {
  /** The block that was announced last. */
  let saidBlock: number | undefined;
  return latest(async () => {
    const { parts } = picture.now;
    const { block, tab } = choices.now;
    if (!parts || tab !== 'block') return;
    const isChosen = block !== undefined && block < parts.grid.cols * parts.grid.rows;
    if (!isChosen) return showNone();
    const details = await ask('block', block, rank());
    if (!details) return;
    showBlock(details, parts, picture.now.atoms);
    if (block !== saidBlock) say(byId('block-text').textContent!);
    saidBlock = block;
  });
}

function showNone(): void {
  byId('block-body').classList.add('none');
  byId('block-text').textContent = 'Click the picture to see what one block of 8 x 8 pixels is made of.';
  byId('weights').replaceChildren();
}

function showBlock(details: BlockDetails, parts: Parts, atoms: AtomPictures[]): void {
  byId('block-body').classList.remove('none');
  byId('block-text').textContent = textOf(details, parts);
  drawPixels(byId('block-original'), details.original);
  drawPixels(byId('block-decoded'), details.decoded);
  const most = Math.max(...details.weights.map(({ weight }) => Math.abs(weight)), 1e-9);
  byId('weights').replaceChildren(
    ...details.weights.map(weightOfAtom => {
      const pictures = atoms.find(atom => isSame(atom, weightOfAtom));
      const icon = pictures ? [pixelCanvas(pictures.atom)] : [];
      for (const canvas of icon) canvas.setAttribute('aria-hidden', 'true');
      const part = (50 * Math.abs(weightOfAtom.weight)) / most;
      const bar = element('i');
      Object.assign(bar.style, { left: `${weightOfAtom.weight < 0 ? 50 - part : 50}%`, width: `${part}%` });
      return element(
        'tr',
        {},
        element('td', {}, ...icon, atomName(weightOfAtom, parts.channels.length)),
        element('td', {}, weightOfAtom.weight.toFixed(1)),
        element('td', {}, element('div', { className: 'weight' }, bar)),
      );
    }),
  );
}

function textOf(
  { block, isExact, bits: taken, cellBits, psnr, weights, count }: BlockDetails,
  parts: Parts,
): string {
  const { cols } = parts.grid;
  const x = (block % cols) * BLOCK;
  const y = Math.floor(block / cols) * BLOCK;
  const total = (taken ?? []).reduce((sum, channelBits) => sum + channelBits, 0) + (cellBits ?? 0);
  const place = `Block at x ${x}, y ${y}: ${psnr === Infinity ? 'exact' : `error ${decibels(psnr)}`}`;
  if (isExact)
    return `${place}, ${bits(total)}. It is an exact cell: its pixels are coded one by one, and no pattern makes it.`;
  const most =
    count > weights.length
      ? `the heaviest ${weights.length} of ${count} patterns`
      : `${count} pattern${count === 1 ? '' : 's'}`;
  if (!taken)
    return `${place}; ${most}${parts.layout === 'channel' ? ', by the root mean square of what each adds here' : ''}.`;
  const each = taken
    .map((channelBits, c) => `${channelName(c, taken.length)} ${channelBits.toFixed(0)}`)
    .join(', ');
  return `${place}, ${bits(total)} in the whole file${taken.length > 1 ? ` (${each})` : ''}; ${most}.`;
}
