import type { ChartPlan } from '../charts.js';

/** What the page's script is given, as JSON in the page: for each picture what its viewer needs. */
export interface PageVariant {
  /** The .lrk file, base64. */
  file: string;
  /** Columns in use. */
  rank: number;
  rows: { rank: number; bytes: number; psnr: number | null }[];
  energyKept: number[];
}

/** The picture of another codec, which stands in the page as an image. */
export interface PagePeer {
  name: string;
  bytes: number;
  /** Null where it is exact. */
  psnr: number | null;
}

export interface PagePicture {
  width: number;
  height: number;
  /** Is the picture as shown all there is of it: 8 bits and no alpha? Only then can its PSNR be measured in the page. */
  isWhole: boolean;
  variants: PageVariant[];
  /** By the values of the layers. */
  peers: Record<string, PagePeer>;
  charts: ChartPlan[];
}
