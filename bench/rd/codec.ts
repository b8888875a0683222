import type { Rgb, Size } from './pictures.js';

/** A codec of the comparison. */
export interface Codec {
  /**
   * Everything that its files depend on besides picture and setting: options and versions. Two codecs of one identity write the same bytes.
   */
  identity: string;
  /** Settings in order of rising rate; they cover about 0.05 to 2.5 bits a pixel of a photo. */
  ladder: readonly number[];
  /** The whole file, container included. */
  encode(picture: Rgb, setting: number): Promise<Uint8Array>;
  /** The same, with the milliseconds of encoding alone, where `encode` also has to write and read files. */
  encodeTimed?(picture: Rgb, setting: number): Promise<{ file: Uint8Array; ms: number }>;
  /** width x height x 3 samples of such a file. */
  decode(file: Uint8Array, size: Size): Promise<Uint8Array>;
  /** Throws if a file states another PSNR than its decoded pixels have. */
  check?(file: Uint8Array, psnr: number): void;
}
