import type { AtomPictures, BlockDetails, Encoded } from '../protocol.js';
import { atomName, isSame } from './atoms.js';
import { byId, drawPixels, element, pixelCanvas } from './dom.js';
import { bits, channelName, decibels } from './numbers.js';

const BLOCK = 8;

/** Shows what one block is made of; nothing where `details` is undefined. */
export function showBlock(
  details: BlockDetails | undefined,
  encoded: Encoded | undefined,
  atoms: AtomPictures[],
): void {
  const body = byId('block-body');
  body.hidden = !details || !encoded;
  if (!details || !encoded) {
    byId('block-text').textContent = 'Point at a block of the picture.';
    return;
  }
  byId('block-text').textContent = textOf(details, encoded);
  drawPixels(byId('block-original'), details.original);
  drawPixels(byId('block-decoded'), details.decoded);
  const most = Math.max(...details.weights.map(({ weight }) => Math.abs(weight)), 1e-9);
  byId('weights').replaceChildren(
    ...details.weights.map(of => {
      const pictures = atoms.find(atom => isSame(atom, of));
      const icon = pictures ? [pixelCanvas(pictures.atom)] : [];
      for (const canvas of icon) canvas.setAttribute('aria-hidden', 'true');
      const part = (50 * Math.abs(of.weight)) / most;
      const bar = element('i');
      Object.assign(bar.style, { left: `${of.weight < 0 ? 50 - part : 50}%`, width: `${part}%` });
      return element(
        'tr',
        {},
        element('td', {}, ...icon, atomName(of, encoded.channels.length)),
        element('td', {}, of.weight.toFixed(1)),
        element('td', {}, element('div', { className: 'weight' }, bar)),
      );
    }),
  );
}

function textOf(
  { block, isExact, bits: taken, cellBits, psnr, weights, count }: BlockDetails,
  encoded: Encoded,
): string {
  const { cols } = encoded.grid;
  const x = (block % cols) * BLOCK;
  const y = Math.floor(block / cols) * BLOCK;
  const total = (taken ?? []).reduce((sum, of) => sum + of, 0) + (cellBits ?? 0);
  const place = `Block at x ${x}, y ${y}: ${psnr === Infinity ? 'exact' : `error ${decibels(psnr)}`}`;
  if (isExact)
    return `${place}, ${bits(total)}. It is an exact cell: its pixels are coded one by one, and no atom makes it.`;
  const most =
    count > weights.length
      ? `the heaviest ${weights.length} of ${count} atoms`
      : `${count} atom${count === 1 ? '' : 's'}`;
  if (!taken)
    return `${place}; ${most}, by the root mean square of what each adds here. Bits of layout channel belong to no place.`;
  const each = taken.map((of, c) => `${channelName(c, taken.length)} ${of.toFixed(0)}`).join(', ');
  return `${place}, ${bits(total)} in the whole file${taken.length > 1 ? ` (${each})` : ''}; ${most}.`;
}
