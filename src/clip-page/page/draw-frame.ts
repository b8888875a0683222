import type { Pictures } from './frame-pictures.js';

/** Draws the four views of one frame. */
export function drawFrame({ original, background, mask }: Pictures, width: number, height: number): void {
  const context = (id: string): CanvasRenderingContext2D => {
    const canvas = document.getElementById(id) as HTMLCanvasElement;
    // this clears it, too
    Object.assign(canvas, { width, height });
    return canvas.getContext('2d')!;
  };
  context('original').drawImage(original, 0, 0);
  context('background').drawImage(background, 0, 0);
  const cut = context('foreground');
  cut.drawImage(mask, 0, 0);
  cut.globalCompositeOperation = 'source-in';
  cut.drawImage(original, 0, 0);
  const black = context('mask');
  black.fillRect(0, 0, width, height);
  black.drawImage(mask, 0, 0);
}
