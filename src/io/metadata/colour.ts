import { type Chromaticities, makeProfile } from './make-profile.js';

/** A colour space given otherwise than by an ICC profile. */
export type NamedColour = ByCodePoints | ByGamma;

/** Code points of ITU-T H.273, as in AVIF's nclx and PNG's cICP. */
interface ByCodePoints {
  /** The part of the file that says so. */
  by: string;
  primaries: number;
  transfer: number;
}

/** Linear light is the sample to the power `gamma`; chromaticities are those of sRGB by default. */
interface ByGamma {
  by: string;
  gamma: number;
  chromaticities?: Chromaticities;
}

const D65 = [0.3127, 0.329] as const;
export const SRGB: Chromaticities = { red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06], white: D65 };

// H.273, table 2
const PRIMARIES: Readonly<Record<number, Chromaticities & { name: string }>> = {
  1: { name: 'BT.709', ...SRGB },
  4: { name: 'BT.470 M', red: [0.67, 0.33], green: [0.21, 0.71], blue: [0.14, 0.08], white: [0.31, 0.316] },
  5: { name: 'BT.601 (625)', red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06], white: D65 },
  6: { name: 'BT.601 (525)', red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: D65 },
  7: { name: 'SMPTE 240M', red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: D65 },
  8: { name: 'film', red: [0.681, 0.319], green: [0.243, 0.692], blue: [0.145, 0.049], white: [0.31, 0.316] },
  9: { name: 'BT.2020', red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046], white: D65 },
  11: { name: 'DCI-P3', red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: [0.314, 0.351] },
  12: { name: 'Display P3', red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: D65 },
  22: { name: 'EBU 3213', red: [0.63, 0.34], green: [0.295, 0.605], blue: [0.155, 0.077], white: D65 },
};

const UNSPECIFIED = 2;
/** Camera curves that viewers show as sRGB's: BT.709, BT.601, IEC 61966-2-4, BT.1361, BT.2020. */
const CAMERA = [1, 6, 11, 12, 14, 15];
const POWERS: Readonly<Record<number, readonly [string, number]>> = {
  4: ['gamma 2.2', 2.2],
  5: ['gamma 2.8', 2.8],
  8: ['linear', 1],
};
const [SRGB_CURVE, PQ, HLG] = [13, 16, 18];
const STEPS = 1024;
/** Light of a white page beside brighter highlights: BT.2408, 203 cd/m2 of PQ's 10,000. */
const PQ_WHITE = 203 / 10_000;

/** SMPTE ST 2084, eq. 4.1. */
function pqLight(v: number): number {
  const p = v ** (32 / 2523);
  return (Math.max(0, p - 3424 / 4096) / ((2413 - 2392 * p) / 128)) ** (16_384 / 2610);
}

/** BT.2100, table 5: the inverse of HLG's OETF. */
const hlgLight = (v: number): number =>
  v <= 0.5 ? v ** 2 / 3 : (Math.exp((v - 0.55991073) / 0.17883277) + 0.28466892) / 12;

/** HLG's white page: BT.2408, 75 % of the signal. */
const HLG_WHITE = hlgLight(0.75);

const sampled = (light: (v: number) => number): number[] =>
  Array.from({ length: STEPS }, (_, i) => Math.min(1, light(i / (STEPS - 1))));

/** The outcome for a named colour space: an ICC profile (undefined if it is sRGB or unknown), and a note. */
export interface ColourOutcome {
  icc?: Uint8Array;
  note?: string;
  isUnknown?: boolean;
}

/** The ICC profile of a named colour space, for grey or RGB pixels. */
export function profileOf(colour: NamedColour, grey: boolean): ColourOutcome {
  return 'gamma' in colour ? ofGamma(colour, grey) : ofCodePoints(colour, grey);
}

/** PNG 1.2, 4.2.2: gamma within 1 % of 2.2 and the chromaticities of sRGB are what everyone assumes. */
function ofGamma({ by, gamma, chromaticities = SRGB }: ByGamma, grey: boolean): ColourOutcome {
  const near = (a: readonly [number, number], b: readonly [number, number]): boolean =>
    Math.hypot(a[0] - b[0], a[1] - b[1]) < 0.005;
  const usualGamma = Math.abs(gamma - 2.2) < 0.025;
  const usual = (['red', 'green', 'blue', 'white'] as const).every(key =>
    near(chromaticities[key], SRGB[key]),
  );
  if (usualGamma && (usual || grey)) return {};
  if (!(gamma > 0.1 && gamma < 10) || !isGamut(chromaticities))
    return { note: `its ${by} makes no sense and is not kept` };
  const icc = makeProfile({ name: `gamma ${Number(gamma.toFixed(3))}`, chromaticities, curve: gamma }, grey);
  return { icc, note: `its ${by} is kept as an ICC profile` };
}

/** Do the primaries span a triangle with white inside? */
function isGamut({ red, green, blue, white }: Chromaticities): boolean {
  type Point = readonly [number, number];
  const area = (a: Point, b: Point, c: Point): number =>
    (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
  const whole = area(red, green, blue);
  const parts = [area(white, green, blue), area(red, white, blue), area(red, green, white)];
  const above = [red, green, blue, white].every(([, y]) => y > 0);
  return above && Math.abs(whole) > 0.001 && parts.every(part => part / whole > 0);
}

function ofCodePoints({ by, primaries, transfer }: ByCodePoints, grey: boolean): ColourOutcome {
  const colours = PRIMARIES[primaries === UNSPECIFIED ? 1 : primaries];
  const power = POWERS[transfer];
  const asSrgb = transfer === SRGB_CURVE || transfer === UNSPECIFIED || CAMERA.includes(transfer);
  if (!colours || !(asSrgb || power || transfer === PQ || transfer === HLG))
    return {
      note: `the colour space that its ${by} names (${primaries}/${transfer} of H.273) is not known and not kept`,
      isUnknown: true,
    };
  const camera = CAMERA.includes(transfer) ? ', its camera curve taken for that of sRGB, as viewers do' : '';
  if (asSrgb && colours.name === 'BT.709') return {};
  const curve = power
    ? power[1]
    : transfer === PQ
      ? sampled(v => pqLight(v) / PQ_WHITE)
      : transfer === HLG
        ? sampled(v => hlgLight(v) / HLG_WHITE)
        : 'sRGB';
  const kind = transfer === PQ ? ' PQ (HDR)' : transfer === HLG ? ' HLG (HDR)' : power ? `, ${power[0]}` : '';
  const name = `${colours.name}${kind}`;
  const hdr = kind.endsWith('(HDR)') ? '; viewers that do not know HDR leave its highlights out' : '';
  const icc = makeProfile(
    { name, chromaticities: colours, curve, cicp: [primaries, camera ? SRGB_CURVE : transfer] },
    grey,
  );
  return {
    icc,
    note: `the colour space that its ${by} names, ${name}${camera}, is kept as an ICC profile${hdr}`,
  };
}
