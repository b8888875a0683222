// biome-ignore-all lint/suspicious/noControlCharactersInRegex: signatures have them

/** A format that is known and not read. */
export interface OtherFormat {
  name: string;
  /** How to make a PNG of it. */
  convert: string;
}

const MAGICK = 'convert it to PNG first, such as with ImageMagick: magick FILE file.png';

/** First bytes as a pattern over their characters from 0 to 255. */
const SIGNATURES: readonly (readonly [RegExp, string, string?])[] = [
  [/^BM.{4}\0{4}/s, 'BMP'],
  [/^8BPS\0[\x01\x02]/, 'Photoshop (PSD)'],
  [/^\xff\x0a|^\0\0\0\x0cJXL \r\n\x87\n/, 'JPEG XL', 'convert it to PNG first: djxl FILE file.png'],
  [/^\0\0\0\x0cjP {2}\r\n\x87\n|^\xff\x4f\xff\x51/, 'JPEG 2000'],
  [/^\0\0\0\x0cjPh/, 'HTJ2K'],
  [/^\0\0[\x01\x02]\0[^\0]\0/, 'an icon (ICO, CUR)'],
  [/^%PDF-/, 'PDF', 'draw a page as PNG first: pdftoppm -png FILE page'],
  [/^%!PS|^\xc5\xd0\xd3\xc6/, 'PostScript'],
  [/^qoif/, 'QOI'],
  [/^P[1-7F][\s#]/, 'PNM'],
  [/^\x76\x2f\x31\x01/, 'OpenEXR'],
  [/^#\?(RADIANCE|RGBE)/, 'Radiance HDR'],
  [/^DDS /, 'DDS'],
  [/^gimp xcf/, 'GIMP (XCF)'],
  [/^SIMPLE {2}=/, 'FITS'],
  [/^FUJIFILMCCD-RAW/, "a camera's raw file (RAF)", 'develop it as TIFF or PNG first'],
  [/^(IIU\0|IIRO|IIRS)/, "a camera's raw file", 'develop it as TIFF or PNG first'],
  [/^II\*\0.{4}CR\x02/s, "a camera's raw file (CR2)", 'develop it as TIFF or PNG first'],
  [/^(II\xbc\x01|WMPHOTO)/, 'JPEG XR'],
  [/^\x8a(MNG|JNG)|^\x8bJNG/, 'MNG'],
  [/^FLIF/, 'FLIF'],
  [/^BPG\xfb/, 'BPG'],
  [/^.{4}ftypcrx /s, "a camera's raw file (CR3)", 'develop it as TIFF or PNG first'],
  [
    /^.{4}ftyp(isom|iso2|mp4|avc1|M4V|qt |3gp)|^\x1aE\xdf\xa3|^RIFF.{4}AVI /s,
    'a video',
    'take its frames first: ffmpeg -i FILE frame-%04d.png',
  ],
  [/^\x1f\x8b/, 'a gzip file', 'gunzip it first'],
  [/^PK\x03\x04/, 'a zip file', 'unpack it first'],
];

/** What the first bytes of a file say that it is, if it is a known format that is not read here. */
export function otherFormat(bytes: Uint8Array): OtherFormat | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 32));
  const found = SIGNATURES.find(([pattern]) => pattern.test(head));
  return found && { name: found[1], convert: found[2] ?? MAGICK };
}
