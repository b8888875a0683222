import { type Measurement, PEERS, type Row, type TextbookRow, type Variant } from './measurement.js';

type Cell = string | number | undefined;

/** The columns of the table: headings and contents. */
const COLUMNS: readonly [
  string,
  (line: { picture: Measurement; variant: Variant; row: Row; svd?: TextbookRow }) => Cell,
][] = [
  ['input', ({ picture }) => plainly(picture.input)],
  ['width', ({ picture }) => picture.width],
  ['height', ({ picture }) => picture.height],
  ['layout', ({ variant }) => variant.layout],
  ['basis', ({ variant }) => variant.basis],
  ['quality', ({ picture }) => picture.quality],
  ['rank', ({ row }) => row.rank],
  ['bytes', ({ row }) => row.bytes],
  ['bpp', ({ row }) => row.bpp.toFixed(6)],
  ['psnr', ({ row }) => decibels(row.psnr)],
  ['ssim', ({ row }) => row.ssim?.toFixed(6)],
  ['ms_ssim', ({ row }) => row.msSsim?.toFixed(6)],
  ['ssimulacra2', ({ row }) => row.ssimulacra2?.toFixed(3)],
  ['energy_kept', ({ row }) => row.energyKept.toFixed(6)],
  ['factor_bytes', ({ row }) => row.factorBytes],
  ['prefix_rank', ({ row }) => row.prefix?.rank],
  ['prefix_bytes', ({ row }) => row.prefix?.bytes],
  ['prefix_psnr', ({ row }) => decibels(row.prefix?.psnr)],
  ['svd_floats', ({ svd }) => svd?.floats],
  ['svd_psnr', ({ svd }) => decibels(svd?.psnr)],
  ...PEERS.flatMap((peer): typeof COLUMNS => [
    [`${peer}_psnr`, ({ row }) => decibels(row.peers[peer]?.psnr)],
    [`${peer}_bytes`, ({ row }) => row.peers[peer]?.bytes],
  ]),
];

/**
 * The rows of all pictures as comma-separated values (RFC 4180), one a line, after one line of headings. dB with four digits, `inf` if
 * exact; empty if there is no figure. `jpeg_psnr` is that at the same bytes, `jpeg_bytes` those at the same PSNR, and so on.
 */
export function toCsv(measurements: readonly Measurement[]): string {
  const lines = measurements.flatMap(picture =>
    picture.variants.flatMap(variant =>
      variant.rows.map(row => {
        const svd = picture.textbook.find(({ rank }) => rank === row.rank);
        return COLUMNS.map(([, cell]) => quoted(cell({ picture, variant, row, ...(svd && { svd }) })));
      }),
    ),
  );
  return [COLUMNS.map(([heading]) => heading), ...lines].map(line => `${line.join(',')}\r\n`).join('');
}

/** A path that no spreadsheet takes for a formula: './=a.png' is the same file. */
const plainly = (path: string): string => (/^[=+\-@\t\r]/.test(path) ? `./${path}` : path);

const decibels = (value: number | undefined): string | undefined =>
  value === Number.POSITIVE_INFINITY ? 'inf' : value?.toFixed(4);

function quoted(cell: Cell): string {
  const text = String(cell ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
