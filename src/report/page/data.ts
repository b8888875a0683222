/** What the page's script is given, as JSON in the page: for each picture what its viewer needs. */
export interface PageVariant {
  /** The .lrk file, base64. */
  file: string;
  /** Columns in use. */
  rank: number;
  rows: { rank: number; bytes: number; psnr: number | null }[];
  energyKept: number[];
}

export interface PagePicture {
  width: number;
  height: number;
  /** Is the picture as shown all there is of it: 8 bits and no alpha? Only then can its PSNR be measured in the page. */
  isWhole: boolean;
  variants: PageVariant[];
}
