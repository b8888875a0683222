import { PEER_NAMES } from './charts.js';
import type { Measurement, Peer } from './measurement.js';
import type { Mean } from './summarise.js';

/** What a report says first: one sentence, and one more of what it stands on. */
export interface Headline {
  title: string;
  more: string;
}

/** Codecs in the order in which they are named: that which is best known first. */
const ORDER: readonly Peer[] = ['jpeg', 'webp', 'avif'];

/** Percent of bytes at equal quality: at equal PSNR, and at equal SSIMULACRA 2 where that is measured. */
interface Rates<T> {
  byQuality?: T;
  ssimulacra2?: { byQuality?: T };
}

/**
 * Of one picture or, where there are means, of all: bytes at equal quality against the other codecs, of the codec as it is meant to be used. Quality is what
 * people see, SSIMULACRA 2, where it is measured, and PSNR elsewhere.
 */
export function headlineOf(measurements: readonly Measurement[], means: readonly Mean[]): Headline {
  const of = measurements.length === 1 ? 'on this picture' : `over ${measurements.length} pictures`;
  const all: Partial<Record<Peer, Rates<number | { percent: number }>>> =
    (means.length ? means[0]!.bdRates : measurements[0]?.variants[0]?.bdRates) ?? {};
  const scores = ratesOf(all, ({ ssimulacra2 }) => ssimulacra2?.byQuality);
  const rates = scores.length ? scores : ratesOf(all, ({ byQuality }) => byQuality);
  const [first, ...rest] = rates;
  if (!first)
    return {
      title: 'What each rank is worth',
      more: 'No other codec could be compared with over enough of its range.',
    };
  const others = rest.map(([peer, percent]) => `${bytesAgainst(percent)} ${PEER_NAMES[peer]}`).join(', ');
  return {
    title: `${capital(bytesAgainst(first[1]))} ${PEER_NAMES[first[0]]} at equal quality`,
    more: `${others ? `${capital(others)}. ` : ''}Mean over all sizes that both reach, ${of}; quality is ${scores.length ? 'SSIMULACRA 2, which follows the eye' : 'PSNR'}.`,
  };
}

function ratesOf<T>(
  all: Partial<Record<Peer, T>>,
  of: (rates: T) => number | { percent: number } | undefined,
): [Peer, number][] {
  return ORDER.flatMap(peer => {
    const rate = all[peer] && of(all[peer]);
    if (rate === undefined) return [];
    return [[peer, typeof rate === 'number' ? rate : rate.percent] as [Peer, number]];
  });
}

function bytesAgainst(percent: number): string {
  const whole = Math.round(Math.abs(percent));
  if (whole === 0) return 'as many bytes as';
  return `${whole} % ${percent < 0 ? 'fewer' : 'more'} bytes than`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
