import { decode, inspect, inspectFactors, verify } from 'lowrank';
import { attempt, hold } from './attempt.js';
import { limits } from './options.js';
import type { Target } from './target.js';

/** What a file says of itself matches what it decodes to. */
export const inspectTarget: Target = {
  name: 'inspect',
  run(bytes, random) {
    const options = limits(random);
    const { value: info, error } = attempt(() => inspect(bytes));
    const { value: picture } = attempt(() => decode(bytes, { ...options, channels: 'file' }));
    const { value: verified } = attempt(() => verify(bytes));
    hold(!picture || info, `decoded, but not inspected: ${error?.message}`);
    hold(!picture || verified?.damage.length === 0, 'decoded, but damaged');
    if (info) {
      for (const field of ['width', 'height', 'channels', 'bitDepth', 'rank'] as const)
        hold(!picture || picture[field] === info[field], `${field} is not what was said`);
      const ends = [0, ...info.layers.map(layer => layer.bytes), info.bytes];
      hold(
        ends.every((end, i) => !i || end >= ends[i - 1]!),
        'layers out of order',
      );
    }
    if (random.chance(0.2)) {
      const { value: factors } = attempt(() => inspectFactors(bytes, options));
      hold(!picture || factors?.length === picture.channels, 'factors of other channels');
    }
  },
};
