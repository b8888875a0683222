import { extname } from 'node:path';
import { checkTarget } from '../io/files/write-atomically.js';
import { writeToStream } from '../io/files/write-to-stream.js';
import { expandInputs, type Input, type Placeholder, placeholderOf, writeAtomically } from '../io/index.js';
import { addressOf } from './address.js';
import type { BatchOptions } from './batch-job.js';
import { count } from './figures.js';
import { type OutputPlan, outputOf, planOutputs, type Taken, takenOutputs } from './outputs.js';
import { createReporter, isClosedPipe, type Reporter } from './reporter.js';
import { EXIT, readAll, type Terminal, UsageError } from './terminal.js';

export interface PlaceholderArguments extends BatchOptions {
  /** Most bytes; true if no number was given. */
  placeholder: number | true;
  limitPixels?: number;
}

/** lowrank encode --placeholder: writes data: URLs to stdout, or, with -o, files by their extension. Returns the exit code. */
export async function runPlaceholder(
  patterns: readonly string[],
  args: PlaceholderArguments,
  terminal: Terminal,
): Promise<number> {
  const items = await expandInputs(patterns, { recursive: args.recursive });
  const inputs = items.filter((item): item is Input => !('error' in item));
  const plan = await planOutputs(args.output, inputs);
  if (plan.kind === 'file') contentFor(plan.path);
  const reporter = createReporter(terminal, args.json === true);
  const taken = takenOutputs();
  let succeeded = 0;
  for (const item of items) {
    try {
      if ('error' in item) throw item.error;
      await runOne(item, plan, args, { terminal, reporter, taken });
      succeeded++;
    } catch (error) {
      if (isClosedPipe(error)) return EXIT.ok;
      if (error instanceof UsageError) throw error;
      await reporter.failed(item.path, error);
    }
  }
  reporter.summary(succeeded, 'made');
  return reporter.failures() > 0 ? EXIT.failure : EXIT.ok;
}

/** What all inputs of a run share. */
interface Run {
  terminal: Terminal;
  reporter: Reporter;
  taken: Taken;
}

async function runOne(
  item: Input,
  plan: OutputPlan,
  { placeholder: size, limitPixels, force, json }: PlaceholderArguments,
  { terminal, reporter, taken }: Run,
): Promise<void> {
  const written = plan.kind === 'file' || plan.kind === 'folder';
  const output = written ? outputOf(item, plan, '.json') : '-';
  taken.check(output);
  const target = {
    force,
    makeFolders: plan.kind !== 'beside',
    inputs: item.path === '-' ? [] : [item.path],
    onTemporary: terminal.onTemporary,
  };
  if (written) await checkTarget(output, target);
  const made = await placeholderOf(item.path === '-' ? await readAll(terminal.stdin) : item.path, {
    size: size === true ? undefined : size,
    maxPixels: limitPixels,
    name: item.path,
  });
  const { width, height, placeholder, bytes, notes } = made;
  for (const note of notes) reporter.progress.line(`${item.path}: note: ${note}`);
  const src = sourceOf(item, plan);
  if (written) {
    const content = contentFor(output)(made, src);
    await writeAtomically(output, typeof content === 'string' ? Buffer.from(content) : content, target);
    taken.take(item.path, output);
  }
  const text = json
    ? JSON.stringify({
        input: item.path,
        output: written ? output : null,
        src,
        width,
        height,
        bytes: bytes.length,
        placeholder,
        ...(notes.length > 0 && { notes }),
      })
    : placeholder;
  if (json || !written) await writeToStream(terminal.stdout, `${text}\n`);
  else
    reporter.progress.line(
      `${item.path} -> ${output}: placeholder of ${count(bytes.length)} bytes for ${width} x ${height}`,
    );
}

/** Address of the .lrk file that `lowrank encode` makes from an input: beside it, or in the folder of -o. */
function sourceOf(item: Input, plan: OutputPlan): string {
  const path = outputOf(item, plan.kind === 'folder' ? plan : { kind: 'beside' }, '.lrk');
  return addressOf(path);
}

const CONTENTS: Readonly<Record<string, (made: Placeholder, src: string) => string | Uint8Array>> = {
  '.json': ({ width, height, placeholder }, src) =>
    `${JSON.stringify({ src, width, height, placeholder })}\n`,
  '.txt': ({ placeholder }) => `${placeholder}\n`,
  '.lrk': ({ bytes }) => bytes,
};

/** The function that makes the content of a file with this extension. Throws UsageError if there is none. */
function contentFor(path: string): (typeof CONTENTS)[string] {
  const content = CONTENTS[extname(path).toLowerCase()];
  if (content) return content;
  throw new UsageError(
    `--placeholder writes .json, .txt (the data: URL) and .lrk, not ${extname(path) || path}`,
  );
}
