import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { getQuickJS, type QuickJSContext } from 'quickjs-emscripten';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Question } from '../golden/samples-of.js';
import { ROOT } from '../golden/suite.js';
import { bundleOfDecoders, casesToAsk, expectedOf } from './cases.js';

/** Larger files take seconds each in an interpreter: they are only tested with SUITE=all. */
const LARGEST = 4000;
const suite = Object.entries(casesToAsk(8)).filter(
  ([name]) => process.env.SUITE === 'all' || statSync(join(ROOT, name)).size <= LARGEST,
);

describe('QuickJS gives the answers of the suite', () => {
  let context: QuickJSContext;
  beforeAll(async () => {
    context = (await getQuickJS()).newContext();
    context.unwrapResult(context.evalCode(await bundleOfDecoders())).dispose();
    return () => context.dispose();
  });

  /** The answer of an engine that shares nothing with the one that runs this test. */
  function tell(file: Uint8Array, question: Question): string {
    const input = context.newArrayBuffer(Uint8Array.from(file).buffer);
    context.setProp(context.global, 'input', input);
    input.dispose();
    const told = context.unwrapResult(
      context.evalCode(`(() => {
        const told = decoders.tell('shipped', new Uint8Array(input), ${JSON.stringify(question)});
        return typeof told === 'string' ? told : told.buffer;
      })()`),
    );
    try {
      if (context.typeof(told) === 'string') return context.getString(told);
      const samples = context.getArrayBuffer(told);
      const hash = createHash('sha256').update(samples.value).digest('hex');
      samples.dispose();
      return hash;
    } finally {
      told.dispose();
    }
  }

  it('for enough questions', () => {
    expect(suite.length).toBeGreaterThan(150);
  });

  it.each(suite)('for %s', (name, cases) => {
    const bytes = readFileSync(join(ROOT, name));
    for (const { bytes: end, rank, scale, region, ...of } of cases) {
      const question = { bytes: end, rank, scale, region } as Question;
      expect({ ...question, told: tell(bytes, question) }).toEqual({ ...question, told: expectedOf(of) });
    }
  });
});
