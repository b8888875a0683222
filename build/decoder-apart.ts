import type { Plugin } from 'esbuild';
import { DECODER_HERE } from '../src/report/decoder-expression.js';

/** Takes the decoder out of a bundle: it is put in last, as it is shipped, so that it keeps the names that were chosen for it, and is packed once. */
export const decoderApart: Plugin = {
  name: 'decoder',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /[\\/]decode[\\/]index\.js$/ }, () => ({ path: 'decoder', namespace: 'decoder' }));
    onLoad({ filter: /./, namespace: 'decoder' }, () => ({
      contents: `export const { createDecoder, decode, inspect } = ${DECODER_HERE};`,
    }));
  },
};
