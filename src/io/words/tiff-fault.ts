/** TIFF 6.0, section 8, and its supplements: how samples become colours, where that is not read here. */
const PHOTOMETRIC: Readonly<Record<number, string>> = {
  4: 'a transparency mask',
  8: 'CIE L*a*b* colours',
  9: 'ICC L*a*b* colours',
  10: 'ITU L*a*b* colours',
  32803: "a camera's raw samples (CFA)",
  32844: 'LogL',
  32845: 'LogLuv',
  34892: "a camera's raw samples (LinearRaw)",
};
/** Compressions that no loader here undoes. */
const COMPRESSION: Readonly<Record<number, string>> = {
  6: 'JPEG of the old kind',
  32809: 'ThunderScan',
  33003: 'JPEG 2000',
  33005: 'JPEG 2000',
  34661: 'JBIG',
  34676: 'LogLuv',
  34677: 'LogLuv',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34892: 'lossy JPEG of DNG',
  34925: 'LZMA',
  50000: 'Zstandard',
  50001: 'WebP',
  50002: 'JPEG XL',
  52546: 'JPEG XL',
};
const KNOWN = new Set([0, 1, 2, 3, 5, 6, 8]);
const [GREY, RGB, PALETTE, SEPARATED, YCBCR] = [new Set([0, 1]), 2, 3, 5, 6];
const [SIGNED, FLOAT, VOID] = [2, 3, 4];

/** Why the pixels of a TIFF cannot be read here though it may be whole; undefined where nothing is known against it. `numbers` gives those of a tag. */
export function tiffFault(numbers: (tag: number) => number[]): string | undefined {
  const [photometric = 1] = numbers(262);
  const [compression = 1] = numbers(259);
  const [samples = 1] = numbers(277);
  const bits = numbers(258);
  const [depth = 1] = bits;
  const [format = 1] = numbers(339);
  if (numbers(50_706).length > 0) return "a camera's raw file (DNG)";
  const packed = COMPRESSION[compression];
  if (packed) return `compression ${packed} (${compression})`;
  const other = PHOTOMETRIC[photometric];
  if (other) return other;
  if (!KNOWN.has(photometric)) return `photometric interpretation ${photometric}`;
  if (bits.some(depthOfSample => depthOfSample !== depth))
    return `samples of different depths (${bits.join(', ')} bits)`;
  if (format > FLOAT && format !== VOID)
    return format === 5 || format === 6 ? 'complex samples' : `samples of format ${format}`;
  if (format === SIGNED) return 'samples with sign';
  if (format === FLOAT && !(photometric === RGB && (depth === 32 || depth === 16)))
    return `${depth}-bit floating-point ${GREY.has(photometric) ? 'grey' : 'samples'}`;
  if (format === 1 && depth > 16) return `${depth} bits a sample`;
  if (![8, 16, 32].includes(depth) && !(samples === 1 && [1, 2, 4].includes(depth)))
    return `${depth} bits a sample${samples > 1 ? ` in ${samples} samples a pixel` : ''}`;
  return channelFault(photometric, samples, numbers);
}

function channelFault(
  photometric: number,
  samples: number,
  numbers: (tag: number) => number[],
): string | undefined {
  const [inks = 1] = numbers(332);
  const [planes = 1] = numbers(284);
  const [depth = 1] = numbers(258);
  const [compression = 1] = numbers(259);
  const extra = numbers(338);
  if (photometric === SEPARATED && (inks !== 1 || samples < 4)) return 'inks other than CMYK';
  const colours = photometric === SEPARATED ? 4 : photometric === RGB || photometric === YCBCR ? 3 : 1;
  const beyond = samples - colours;
  if (beyond < 0) return `${samples} samples a pixel where there should be ${colours}`;
  if (photometric === PALETTE && beyond > 0) return 'a palette with further samples';
  if (photometric === PALETTE && depth > 8) return `a palette for ${depth}-bit indices`;
  if (photometric === YCBCR && (beyond > 0 || depth !== 8))
    return `YCbCr of ${samples} samples of ${depth} bits`;
  if (beyond > 1 && (colours === 1 || ![1, 2].includes(extra[0] ?? 0) || samples > 5))
    return `${samples} samples a pixel, of which ${beyond} are not colours`;
  if (planes === 2 && numbers(322).length > 0 && samples > 1) return 'tiles of separate channels';
  if (planes === 2 && photometric === YCBCR && compression !== 7) return 'YCbCr in separate planes';
  return undefined;
}
