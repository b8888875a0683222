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

/** Of one picture or, where there are means, of all: bytes at equal quality against the other codecs, of the codec as it is meant to be used. */
export function headlineOf(measurements: readonly Measurement[], means: readonly Mean[]): Headline {
  const rates = means.length
    ? mapRates(means[0]!.bdRates, ({ byQuality }) => byQuality?.percent)
    : mapRates(measurements[0]?.variants[0]?.bdRates ?? {}, ({ byQuality }) => byQuality);
  const [first, ...rest] = rates;
  const of = measurements.length === 1 ? 'on this picture' : `over ${measurements.length} pictures`;
  if (!first)
    return {
      title: 'What each rank is worth',
      more: 'No other codec could be compared with over enough of its range.',
    };
  const others = rest.map(([peer, percent]) => `${bytesAgainst(percent)} ${PEER_NAMES[peer]}`).join(', ');
  return {
    title: `${capital(bytesAgainst(first[1]))} ${PEER_NAMES[first[0]]} at equal quality`,
    more: `${others ? `${capital(others)}. ` : ''}Mean over all sizes that both reach, ${of}; quality is PSNR.`,
  };
}

const mapRates = <T>(
  rates: Partial<Record<Peer, T>>,
  of: (rate: T) => number | undefined,
): [Peer, number][] =>
  ORDER.flatMap(peer => {
    const percent = rates[peer] === undefined ? undefined : of(rates[peer]);
    return percent === undefined ? [] : [[peer, percent] as [Peer, number]];
  });

function bytesAgainst(percent: number): string {
  const whole = Math.round(Math.abs(percent));
  if (whole === 0) return 'as many bytes as';
  return `${whole} % ${percent < 0 ? 'fewer' : 'more'} bytes than`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
