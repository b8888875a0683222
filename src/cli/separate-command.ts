import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { asWriteError } from '../io/files/write-error.js';
import { checkFolder, writeFolder } from '../io/files/write-folder.js';
import { writeToStream } from '../io/files/write-to-stream.js';
import { readClip } from '../io/read/read-clip.js';
import type { Method } from '../separation/options.js';
import { tenths } from './figures.js';
import { createReporter, isClosedPipe } from './reporter.js';
import { beginSeparation, SEPARATION_NAMES } from './separate-clip.js';
import { EXIT, readAll, type Terminal } from './terminal.js';

export interface SeparateArguments {
  output: string;
  method: Method;
  rank: number;
  fps?: number;
  limitPixels?: number;
  force?: boolean;
  json?: boolean;
}

/** lowrank separate: returns the exit code. */
export async function runSeparate(
  inputs: readonly string[],
  args: SeparateArguments,
  terminal: Terminal,
): Promise<number> {
  const { output, method, rank, fps, limitPixels, force } = args;
  const input = inputs.length === 1 ? inputs[0]! : `${inputs[0]} and ${inputs.length - 1} more`;
  const reporter = createReporter(terminal, args.json === true);
  try {
    const started = performance.now();
    const isStdin = inputs.length === 1 && inputs[0] === '-';
    const clip = await readClip(isStdin ? await readAll(terminal.stdin) : inputs, {
      ...(isStdin && { name: 'stdin' }),
      ...(fps !== undefined && { fps }),
      ...(limitPixels !== undefined && { maxPixels: limitPixels }),
    });
    const target = { ...(force && { force }), inputs: isStdin ? [] : [...inputs, ...clip.names] };
    await checkFolder(output, SEPARATION_NAMES, target);
    // Before there is a folder that a signal handler would have to remove first.
    const onProgress = (done: number): void => reporter.progress.update(done, input);
    const begun = await beginSeparation(clip, { method, rank, onProgress });
    let masked = 0;
    await writeFolder(
      output,
      SEPARATION_NAMES,
      async folder => {
        for (const name of ['masks', 'foreground'])
          await mkdir(join(folder, name)).catch(error => {
            throw asWriteError(output, error);
          });
        masked = await begun.writeTo(folder, titleOf(inputs, clip.names), output);
      },
      { ...target, ...(terminal.onTemporary && { onTemporary: terminal.onTemporary }) },
    );
    const milliseconds = tenths(performance.now() - started);
    reporter.progress.end();
    for (const note of clip.notes) reporter.progress.line(`${input}: note: ${note}`);
    const { width, height, names } = clip;
    if (args.json)
      await writeToStream(
        terminal.stdout,
        `${JSON.stringify({
          ...{ input, output, width, height, frames: names.length, method, rank },
          foreground: Math.round(masked * 1e6) / 1e6,
          milliseconds,
        })}\n`,
      );
    else
      reporter.progress.line(
        `${input} -> ${output}: ${names.length} frames of ${width} x ${height}, ${(100 * masked).toFixed(1)} % foreground, ` +
          `background of rank ${rank}, ${(milliseconds / 1000).toFixed(1)} s`,
      );
    return EXIT.ok;
  } catch (error) {
    if (isClosedPipe(error)) return EXIT.ok;
    reporter.progress.end();
    await reporter.failed(input, error);
    return EXIT.failure;
  }
}

/** The name of an animation, or of the folder that holds the first frame. */
function titleOf(inputs: readonly string[], names: readonly string[]): string {
  const [input] = inputs;
  if (input === '-') return 'stdin';
  return names[0]!.startsWith(`${input}, `) ? basename(input!) : basename(dirname(resolve(names[0]!)));
}
