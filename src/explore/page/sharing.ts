import type { Choices } from './choices.js';
import { Stopped } from './client.js';
import { byId, element, save } from './dom.js';
import type { Making } from './making.js';
import type { Model } from './model.js';
import type { ProgressLine } from './progress-line.js';
import { settingsOf } from './state.js';
import { isBusy, restingText, showError } from './status.js';

/**
 * Listens to the buttons that save the file and the picture of the chosen rank, and copy the link. `onBytes` is called with the bytes of a
 * file of a rank.
 */
export function listenForSharing(
  model: Model,
  making: Making,
  progress: ProgressLine,
  onBytes: (rank: number, bytes: number) => void,
): void {
  byId('save-lrk').addEventListener('click', async () => {
    const { choices, picture } = model;
    const rank = model.rank();
    progress.start(`Writing a file of rank ${rank}`);
    try {
      const file = await making.ask('file', rank, settingsOf(choices.now));
      save(`${nameOf(model, rank)}.lrk`, new Blob([file], { type: 'application/octet-stream' }));
      if (picture.now.parts) onBytes(rank, file.length);
    } catch (error) {
      showFault(error);
    } finally {
      if (!isBusy()) progress.end(restingText(picture.now));
    }
  });
  byId('save-png').addEventListener('click', () => savePng(model, making).catch(showFault));
  byId('copy').addEventListener('click', () => copyLink(model.choices));
}

/** Saves the picture as it is shown, without the atoms that are left out. */
async function savePng(model: Model, making: Making): Promise<void> {
  const rank = model.rank();
  const { without } = model.choices.now;
  const { bitmap } = await making.ask('show', { rank, without, kind: 'decoded' });
  // WebKit cannot save a canvas that a bitmap was moved to, so the bitmap is drawn.
  const canvas = element('canvas', { width: bitmap.width, height: bitmap.height });
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
  bitmap.close();
  canvas.toBlob(blob => blob && save(`${nameOf(model, rank)}.png`, blob));
}

async function copyLink(choices: Choices): Promise<void> {
  choices.writeLink();
  byId('copied').textContent = await navigator.clipboard.writeText(location.href).then(
    () => 'Copied.',
    () => 'The link is in the address bar.',
  );
}

function showFault(error: unknown): void {
  if (!(error instanceof Stopped)) showError(String(error));
}

const nameOf = ({ picture }: Model, rank: number): string =>
  `${(picture.now.source?.name ?? 'picture').replace(/\.[^.]*$/, '')}-rank-${rank}`;
