/** What a module gets when it imports a picture. */
export interface ImportedPicture {
  /** Address of the .lrk file. */
  src: string;
  /** Size of the picture, pixels. */
  width: number;
  height: number;
  /** data: URL; missing if none was asked for. */
  placeholder?: string;
  /** Addresses of the AVIF file, and of one for browsers without AVIF; missing unless they were asked for. */
  fallback?: { avif: string; image: string };
}
