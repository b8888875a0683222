import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { decode } from 'lowrank/decode';
import { expect, it } from 'vitest';
import type { Answer, PictureAnswer } from '../../src/web/messages.js';
import { DIST, sampleFile } from './page.js';

const SCENE = sampleFile('scene');

/**
 * Runs the script of workers for large pictures as a worker does, and lets it decode a file; returns how many instances of the kernels it
 * made.
 */
async function decodedBy(Module: unknown): Promise<{ data: Uint8ClampedArray; instances: number }> {
  const answers: Answer<PictureAnswer>[] = [];
  let instances = 0;
  let data: Uint8ClampedArray | undefined;
  const { Instance } = WebAssembly;
  const worker = createContext({
    ...{ atob, Uint8Array, Uint8ClampedArray, setTimeout, performance },
    WebAssembly: {
      Module,
      Instance: class {
        constructor(module: WebAssembly.Module) {
          instances++;
          // biome-ignore lint/correctness/noConstructorReturn: it stands for a class whose instances are made elsewhere
          return new Instance(module);
        }
      },
    },
    ImageData: class {
      constructor(samples: Uint8ClampedArray) {
        data = samples;
      }
    },
    createImageBitmap: async () => ({}),
    postMessage: (answer: Answer<PictureAnswer>) => answers.push(answer),
  }) as { onmessage(event: object): Promise<void> };
  const text = readFileSync(join(DIST, 'lowrank-large.min.js'), 'utf8');
  runInContext(text.replace(/export\{[^}]*\};?\s*$/, '').replace(/import\.meta\.url/g, '""'), worker);
  const ask = (question: object): Promise<void> => worker.onmessage({ data: { id: 1, ...question } });
  await ask({ chunks: [SCENE] });
  await ask({ chunks: [], scale: 1, layer: Infinity, end: true });
  expect(answers.map(({ error }) => error)).toEqual(answers.map(() => undefined));
  return { data: data!, instances };
}

it('Workers for large pictures decode with WebAssembly', async () => {
  const { data, instances } = await decodedBy(WebAssembly.Module);
  // One is shared, one belongs to the memory of the picture.
  expect(instances).toBeGreaterThanOrEqual(2);
  expect(Buffer.from(data).equals(Buffer.from(decode(SCENE).data))).toBe(true);
});

it('They decode without WebAssembly if it is forbidden', async () => {
  const { data, instances } = await decodedBy(
    class {
      constructor() {
        throw new WebAssembly.CompileError('forbidden by the policy of the page');
      }
    },
  );
  expect(instances).toBe(0);
  expect(Buffer.from(data).equals(Buffer.from(decode(SCENE).data))).toBe(true);
});
