import type { ChartPlan } from '../charts.js';

/** What the page's script needs for each picture, as JSON in the page. */
export interface PageVariant {
  /** The .lrk file, base64. */
  file: string;
  /** Columns in use. */
  rank: number;
  rows: { rank: number; bytes: number; psnr: number | null }[];
  energyKept: number[];
}

/** The picture of another codec, which the page contains as an image. */
export interface PagePeer {
  name: string;
  bytes: number;
  /** Null if it is exact. */
  psnr: number | null;
}

export interface PagePicture {
  width: number;
  height: number;
  /** Is the shown picture complete: 8 bits and no alpha? Only then can its PSNR be measured in the page. */
  isWhole: boolean;
  variants: PageVariant[];
  /** By the values of the layers. */
  peers: Record<string, PagePeer>;
  charts: ChartPlan[];
}
