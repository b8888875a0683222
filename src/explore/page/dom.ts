import type { Pixels } from '../protocol.js';

/** The element with this id, of this kind. */
export function byId<T extends Element = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}`);
  return element as unknown as T;
}

/** A new element with properties and children; text goes in as text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Puts pixels on a canvas, which takes their size. */
export function drawPixels(canvas: HTMLCanvasElement, { width, height, data }: Pixels): void {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')!.putImageData(new ImageData(data, width, height), 0, 0);
}

/** Shows a bitmap on a canvas, which takes its size; the bitmap is gone then. No canvas has both this and `drawPixels`. */
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

/** Chooses the one of a group of radio buttons that has this value. */
export function choose(name: string, value: string): void {
  for (const input of document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`))
    input.checked = input.value === value;
}

/** Lets the user keep some bytes as a file. */
export function save(name: string, blob: Blob): void {
  const link = element('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
