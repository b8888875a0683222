import { CodecError } from '../core/errors.js';
import { type Verification, verify } from '../decode/verify.js';
import { writeToStream } from '../io/files/write-to-stream.js';
import { expandInputs } from '../io/index.js';
import { isSequence } from '../sequence/is-sequence.js';
import { verifySequence } from '../sequence/verify.js';
import { count } from './figures.js';
import { bytesOfInput } from './inputs.js';
import { createReporter, isClosedPipe } from './reporter.js';
import { EXIT, type Terminal } from './terminal.js';

export interface VerifyArguments {
  json?: boolean;
  recursive?: boolean;
}

/** lowrank verify: returns the exit code, which is that of a failure if a file is damaged. */
export async function runVerify(
  patterns: readonly string[],
  args: VerifyArguments,
  terminal: Terminal,
): Promise<number> {
  const items = await expandInputs(patterns, { recursive: args.recursive, wanted: 'lrk' });
  const reporter = createReporter(terminal, args.json === true);
  let checked = 0;
  let damaged = 0;
  for (const item of items) {
    try {
      if ('error' in item) throw item.error;
      const bytes = await bytesOfInput(item.path, terminal);
      if (bytes.length === 0) throw new CodecError('EMPTY', { field: 'file', got: '0 bytes' });
      const found = (isSequence(bytes) ? verifySequence : verify)(bytes);
      const text = args.json
        ? JSON.stringify({ input: item.path, ...found })
        : `${item.path}: ${describe(found)}`;
      await writeToStream(terminal.stdout, `${text}\n`);
      checked++;
      if (found.damage.length) damaged++;
    } catch (error) {
      if (isClosedPipe(error)) return EXIT.ok;
      await reporter.failed(item.path, error);
    }
  }
  if (reporter.failures() > 0) reporter.summary(checked, 'checked');
  return damaged + reporter.failures() > 0 ? EXIT.failure : EXIT.ok;
}

/** 'sound, 9 layers', 'cut short, sound as far as it goes: 4 of 9 layers', 'damaged: layer 3, bytes 3,218 to 4,158; 2 of 9 layers can be decoded'. */
function describe({ complete, present, layers, sound, damage }: Verification): string {
  const here = `${present} of ${layers} layers`;
  if (damage.length === 0)
    return complete
      ? `sound, ${layers ? `${layers} layers` : 'as far as can be told: a placeholder has no checks'}`
      : `cut short, sound as far as it goes: ${here}`;
  const places = damage.map(({ field, from, to }) => `${field}, bytes ${count(from)} to ${count(to)}`);
  return `damaged: ${places.join('; ')}; ${sound} of ${layers} layers can be decoded${complete ? '' : ', cut short'}`;
}
