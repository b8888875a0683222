import type { Canvas, Colour } from './canvas.js';

/** Letters of five by seven dots, drawn for this project: seven rows a letter, five bits a row, in base 32. */
const GLYPHS: Readonly<Record<string, string>> = {
  A: 'ehhvhhh',
  B: 'uhhuhhu',
  C: 'ehggghe',
  D: 'uhhhhhu',
  E: 'vggsggv',
  F: 'vggsggg',
  G: 'ehgnhhf',
  H: 'hhhvhhh',
  I: 'e44444e',
  J: '71111ie',
  K: 'hikoikh',
  L: 'ggggggv',
  M: 'hrllhhh',
  N: 'hpplnjh',
  O: 'ehhhhhe',
  P: 'uhhuggg',
  Q: 'ehhhlid',
  R: 'uhhukih',
  S: 'fgge11u',
  T: 'v444444',
  U: 'hhhhhhe',
  V: 'hhhhha4',
  W: 'hhhllla',
  X: 'hha4ahh',
  Y: 'hha4444',
  Z: 'v1248gv',
  0: 'ehjlphe',
  1: '4c4444e',
  2: 'eh1248v',
  3: 'v2421he',
  4: '26aiv22',
  5: 'vgu11he',
  6: '68guhhe',
  7: 'v124888',
  8: 'ehhehhe',
  9: 'ehhf12c',
  '.': '00000cc',
  ',': '0000cc8',
  ':': '0cc0cc0',
  '-': '000v000',
  '+': '044v440',
  '/': '01248g0',
  '%': 'op248j3',
  '(': '2488842',
  ')': '8422248',
  '=': '00v0v00',
  '^': '4ah0000',
  '>': '8421248',
  _: '000000v',
  '#': 'aavavaa',
  ' ': '0000000',
}; // biome-ignore-all format: the table is read by columns

/** Writes text in capitals from (x, y), the top left of the first letter; each dot is `size` pixels a side. */
export function write(
  canvas: Canvas,
  text: string,
  x: number,
  y: number,
  size: number,
  colour: Colour,
): void {
  for (const [n, letter] of [...text.toUpperCase()].entries())
    for (const [row, digit] of [...(GLYPHS[letter] ?? GLYPHS['-']!)].entries())
      for (let bit = 0; bit < 5; bit++)
        if ((Number.parseInt(digit, 32) >> (4 - bit)) & 1)
          canvas.box(x + (6 * n + bit) * size, y + row * size, size, size, colour);
}
