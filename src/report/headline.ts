import { PEER_NAMES } from './charts.js';
import type { Measurement, Peer } from './measurement.js';
import type { Mean } from './summarise.js';

/** The headline of a report: one sentence, and a second one about what it is based on. */
export interface Headline {
  title: string;
  more: string;
}

/** The order in which codecs are named: the best known first. */
const ORDER: readonly Peer[] = ['jpeg', 'webp', 'avif'];

/** Percent of bytes at equal quality: at equal PSNR, and at equal SSIMULACRA 2 if that was measured. */
interface Rates<T> {
  byQuality?: T;
  ssimulacra2?: { byQuality?: T };
}

/**
 * Compares the codec, in its intended use, with other codecs: bytes at equal quality for one picture, or the mean over all. Quality is
 * SSIMULACRA 2, which follows the eye, if it was measured, else PSNR.
 */
export function headlineOf(measurements: readonly Measurement[], means: readonly Mean[]): Headline {
  const scope = measurements.length === 1 ? 'on this picture' : `over ${measurements.length} pictures`;
  const ratesByPeer: Partial<Record<Peer, Rates<number | { percent: number }>>> =
    (means.length ? means[0]!.bdRates : measurements[0]?.variants[0]?.bdRates) ?? {};
  const scores = ratesOf(ratesByPeer, ({ ssimulacra2 }) => ssimulacra2?.byQuality);
  const rates = scores.length ? scores : ratesOf(ratesByPeer, ({ byQuality }) => byQuality);
  const [first, ...rest] = rates;
  if (!first)
    return {
      title: 'What each rank is worth',
      more: 'No other codec could be compared with over enough of its range.',
    };
  const others = rest.map(([peer, percent]) => `${bytesAgainst(percent)} ${PEER_NAMES[peer]}`).join(', ');
  return {
    title: `${capital(bytesAgainst(first[1]))} ${PEER_NAMES[first[0]]} at equal quality`,
    more: `${others ? `${capital(others)}. ` : ''}Mean over all sizes that both reach, ${scope}; quality is ${scores.length ? 'SSIMULACRA 2, which follows the eye' : 'PSNR'}.`,
  };
}

function ratesOf<T>(
  ratesByPeer: Partial<Record<Peer, T>>,
  pick: (rates: T) => number | { percent: number } | undefined,
): [Peer, number][] {
  return ORDER.flatMap(peer => {
    const rate = ratesByPeer[peer] && pick(ratesByPeer[peer]);
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
