import type { Plugin } from 'esbuild';
import { DECODER_HERE } from '../src/report/decoder-expression.js';

/**
 * Keeps the decoder out of a bundle and inserts it at the end, in its published form, so that it keeps its chosen names and is minified
 * only once.
 */
export const decoderApart: Plugin = {
  name: 'decoder',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /[\\/]decode[\\/]index\.js$/ }, () => ({ path: 'decoder', namespace: 'decoder' }));
    onLoad({ filter: /./, namespace: 'decoder' }, () => ({
      contents: `export const { createDecoder, decode, inspect } = ${DECODER_HERE};`,
    }));
  },
};
