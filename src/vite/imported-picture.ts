/** What a module gets that imports a picture. */
export interface ImportedPicture {
  /** Address of the .lrk file. */
  src: string;
  /** Of the picture, pixels. */
  width: number;
  height: number;
  /** data: URL; missing where none was asked for. */
  placeholder?: string;
  /** Addresses of the AVIF file, and of one for browsers that do not know AVIF; missing unless they were asked for. */
  fallback?: { avif: string; image: string };
}
