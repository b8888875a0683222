/** A rectangle of pixels. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}
