// biome-ignore-all lint/suspicious/noControlCharactersInRegex: signatures have them

/** A known format that cannot be read. */
export interface OtherFormat {
  name: string;
  /** How to convert it to PNG. */
  convert: string;
}

const MAGICK = 'convert it to PNG first, such as with ImageMagick: magick FILE file.png';

/** The first bytes as a pattern over their characters from 0 to 255. */
const SIGNATURES: readonly (readonly [RegExp, string, string?])[] = [
  [/^BM(.{4}\0{4}|.{12}[\x0c(48@l|]\0{3})/s, 'BMP'],
  [/^8BPS\0[\x01\x02]/, 'Photoshop (PSD)'],
  [/^\xff\x0a|^\0\0\0\x0cJXL \r\n\x87\n/, 'JPEG XL', 'convert it to PNG first: djxl FILE file.png'],
  [/^\0\0\0\x0cjP {2}\r\n\x87\n|^\xff\x4f\xff\x51/, 'JPEG 2000'],
  [/^\0\0\0\x0cjPh/, 'HTJ2K'],
  [/^\0\0[\x01\x02]\0[^\0]\0/, 'an icon (ICO, CUR)'],
  [/^%PDF-/, 'PDF', 'draw a page as PNG first: pdftoppm -png FILE page'],
  [/^%!PS|^\xc5\xd0\xd3\xc6/, 'PostScript'],
  [/^qoif/, 'QOI'],
  [/^P[1-7Ff][\s#]/, 'PNM'],
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
  [/^.{4}[\x11\x12\x30\x44]\xaf/s, 'an Animator film (FLI, FLC)'],
  [/^\x01\xda[\0\x01][\x01\x02]\0[\x01-\x03]/, 'Silicon Graphics (SGI)'],
  [/^\x0a[\0\x02-\x05]\x01[\x01\x02\x04\x08]/, 'PCX'],
  [/^\xb1h\xde:/, 'PCX of several pages (DCX)'],
  [/^icns/, 'an icon (ICNS)', 'take its pictures first: icns2png -x FILE'],
  [/^Y\xa6j\x95/, 'a Sun raster'],
  [/^farbfeld/, 'farbfeld'],
  [/^\/\* XPM \*\//, 'XPM'],
  [/^#define \S+_width /, 'XBM'],
  [/^BLP[12]/, 'a texture (BLP)'],
  [/^FTEX/, 'a texture (FTEX)'],
  [/^(DanM|LinS)/, 'Microsoft Paint (MSP)'],
  [/^\xd7\xcd\xc6\x9a|^\x01\0{3}.{36} EMF/s, 'a Windows metafile'],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, 'an OLE document (FlashPix, MIC)'],
  [/^.{128}DICM/s, 'DICOM'],
  [/^\x80\xe8\0\0/, 'Pixar'],
  [/^\x1f\x8b/, 'a gzip file (SVGZ if an SVG is in it)', 'unpack it first: gunzip < FILE > file.svg'],
  [/^PK\x03\x04/, 'a zip file', 'unpack it first'],
  // has no signature: fields that go together
  [/^.[\0\x01][\x01-\x03\x09-\x0b].{13}[\x08\x0f\x10\x18\x20][\0-\x3f]/s, 'Targa (TGA)'],
];
/** The number of bytes that the patterns look at. */
const LOOKED_AT = 132;

/** The format that the first bytes of a file show, if it is a known one that cannot be read here. */
export function otherFormat(bytes: Uint8Array): OtherFormat | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, LOOKED_AT));
  const found = SIGNATURES.find(([pattern]) => pattern.test(head));
  return found && { name: found[1], convert: found[2] ?? MAGICK };
}
