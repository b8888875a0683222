import { levelOf, signLevel } from '../../../src/planes/companding.js';
import { emptyFactor } from '../../../src/planes/factor.js';
import { predicted, predictionOf, trusting } from '../../../src/planes/prediction.js';
import { same, table, wrapped } from './text.js';

/** For plane 9 of the second of three channels. */
const K = 9;
const TRUST = 40;
const TERMS = [
  { back: 0, plane: 9, dx: -1, dy: 0, weight: 20, q: 6 },
  { back: 0, plane: 1, dx: 0, dy: -2, weight: -11, q: -2 },
  { back: 2, plane: 0, dx: 1, dy: 1, weight: 3, q: -37 },
];
/** Weighted sum of the features, and activity. */
const SUM = 5200;
const ACTIVITY = 31;

/** The prediction of a coefficient. */
export function workedPredictor(): string {
  const channels = Array.from({ length: 3 }, () => emptyFactor({ block: 8, cols: 3, rows: 4 }));
  const { places, stride, positions } = channels[0]!;
  const C = positions[7]!;
  const terms = TERMS.map(({ back, plane, dx, dy, weight, q }) => {
    channels[(1 + back) % 3]!.values[plane * places + C + dy * stride + dx] = q;
    return { back, plane, lag: dx + 2 + ((dy + 2) << 2), weight };
  });
  const mean = predicted(predictionOf(channels, 1, { trust: TRUST, terms }), C);
  same(16 * TERMS.reduce((sum, { weight, q }) => sum + weight * q, 0), mean);
  const trusted = trusting(TRUST, SUM, Math.abs(mean));
  same(SUM + ((TRUST * (16 * Math.min(Math.abs(mean), 16_384) - SUM)) >> 6), trusted);
  const rows = TERMS.map(({ dx, dy, q }, i) => {
    const { back, plane, lag, weight } = terms[i]!;
    return [
      ...[back, (plane - K) & 63, lag, weight + 32],
      `${weight} * Q(x ${dx < 0 ? '-' : '+'} ${Math.abs(dx)}, y ${dy < 0 ? '-' : '+'} ${Math.abs(dy)}, ${plane}) of channel ${(1 + back) % 3}`,
      q,
    ];
  });
  return [
    wrapped(
      `Plane ${K} of channel 1, of three, has a predictor of ${TERMS.length} terms, trust ${TRUST}. The symbols of its terms (13.1), and the values that they use:`,
    ),
    table(['back', 'plane', 'lag', 'weight', 'term', 'Q'], rows),
    wrapped(
      `mean = 16 * (${TERMS.map(({ weight, q }) => `${weight} * ${q}`).join(' + ')}) = ${mean}. If the features give sum = ${SUM} and A(C) = ${ACTIVITY}: trusting(sum) = ${trusted}, ` +
        `the level of "not zero" is ${levelOf(trusted)}, that of "above t" sizeLevel(${trusted} + 73 * ${ACTIVITY}) = ${levelOf(trusted + 73 * ACTIVITY, 3)}, ` +
        `and of the sign signLevel(mean, sum) = ${signLevel(mean, SUM)}; without the predictor the first two were ${levelOf(SUM)} and ${levelOf(SUM + 73 * ACTIVITY, 3)}.`,
    ),
  ].join('\n');
}
