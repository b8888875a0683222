import type { Pixels } from '../protocol.js';

/** The element with this id. Throws if there is none. */
export function byId<T extends Element = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}`);
  return element as unknown as T;
}

/** A new element with properties and children; strings become text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Puts pixels on a canvas and gives it their size. */
export function drawPixels(canvas: HTMLCanvasElement, { width, height, data }: Pixels): void {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')!.putImageData(new ImageData(data, width, height), 0, 0);
}

/** Moves a bitmap to a canvas and gives it its size. A canvas may use either this or `drawPixels`, not both. */
export function showBitmap(canvas: HTMLCanvasElement, bitmap: ImageBitmap): void {
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('bitmaprenderer')!.transferFromImageBitmap(bitmap);
}

/** A new canvas with pixels. */
export function pixelCanvas(pixels: Pixels, className = ''): HTMLCanvasElement {
  const canvas = element('canvas', { className });
  drawPixels(canvas, pixels);
  return canvas;
}

/** Checks the radio button of a group that has this value. */
export function choose(name: string, value: string): void {
  for (const input of document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`))
    input.checked = input.value === value;
}

/** Shows or hides a button; if it has the focus when it is hidden, another element gets that. */
export function showButton(button: HTMLElement, is: boolean, heir: HTMLElement): void {
  if (!is && button === document.activeElement) heir.focus();
  button.hidden = !is;
}

/** Downloads bytes as a file. */
export function save(name: string, blob: Blob): void {
  const link = element('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
