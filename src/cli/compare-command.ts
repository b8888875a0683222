import { extname } from 'node:path';
import { loadSharp } from '../io/engine.js';
import { checkTarget, writeAtomically } from '../io/files/write-atomically.js';
import { writeToStream } from '../io/files/write-to-stream.js';
import { expandInputs } from '../io/index.js';
import { type MeasureOptions, measure } from '../report/measure.js';
import type { Measurement } from '../report/measurement.js';
import { originalPng } from '../report/original-png.js';
import { type Mean, summarise } from '../report/summarise.js';
import { toCsv } from '../report/to-csv.js';
import { meansObject, measurementObject, toJson } from '../report/to-json.js';
import { describeComparison, describeMeans } from './describe-comparison.js';
import { bytesOfInput } from './inputs.js';
import { createReporter, isClosedPipe } from './reporter.js';
import { EXIT, type Terminal, UsageError } from './terminal.js';

export interface CompareArguments extends Pick<MeasureOptions, 'ranks' | 'layouts' | 'quality'> {
  basis?: MeasureOptions['bases'];
  against?: MeasureOptions['peers'];
  output?: string;
  recursive?: boolean;
  force?: boolean;
  json?: boolean;
  limitPixels?: number;
  ssimulacra2?: boolean;
}

/** A picture that was measured, and its file. */
interface Measured {
  measurement: Measurement;
  bytes: Uint8Array;
}

/** Makes a report in the format of an extension. */
type Writer = (
  pictures: readonly Measured[],
  means: readonly Mean[],
  maxPixels?: number,
) => string | Promise<string>;

const measurementsOf = (pictures: readonly Measured[]): Measurement[] =>
  pictures.map(({ measurement }) => measurement);

/** Those that draw are loaded on demand. */
const WRITERS: Readonly<Record<string, Writer>> = {
  '.html': async (pictures, means, maxPixels) => {
    const { toHtml } = await import('../report/to-html.js');
    const { peerPictures } = await import('../report/peer-pictures.js');
    const sharp = await loadSharp();
    const shown: Parameters<typeof toHtml>[0][number][] = [];
    for (const { measurement, bytes } of pictures) {
      const original = await originalPng(bytes, maxPixels);
      const size = measurement.variants[0]!.file.length;
      const peers = sharp ? await peerPictures(sharp, original.raster, measurement, size) : [];
      shown.push({ measurement, original, peers });
    }
    return toHtml(shown, means);
  },
  '.svg': async pictures => (await import('../report/to-svg.js')).toSvg(measurementsOf(pictures)),
  '.csv': pictures => toCsv(measurementsOf(pictures)),
  '.json': (pictures, means) => toJson(measurementsOf(pictures), means),
};

/** lowrank compare: returns the exit code. */
export async function runCompare(
  patterns: readonly string[],
  args: CompareArguments,
  terminal: Terminal,
): Promise<number> {
  const { output, json = false, force } = args;
  const write = output === undefined ? undefined : writerOf(output);
  const items = await expandInputs(patterns, { recursive: args.recursive, wanted: 'images' });
  const inputs = items.map(({ path }) => path).filter(path => path !== '-');
  const target = { force, makeFolders: true, inputs, onTemporary: terminal.onTemporary };
  if (output !== undefined) await checkTarget(output, target);
  const reporter = createReporter(terminal, json);
  const { progress } = reporter;
  const say = async (text: string, object: object): Promise<void> => {
    progress.end();
    await writeToStream(terminal.stdout, json ? `${JSON.stringify(object)}\n` : `${text}\n`);
  };
  const pictures: Measured[] = [];
  try {
    for (const [index, item] of items.entries()) {
      try {
        if ('error' in item) throw item.error;
        const { path } = item;
        const bytes = await bytesOfInput(path, terminal);
        const onProgress = (done: number): void => progress.update((index + done) / items.length);
        const measurement = await measure(bytes, { ...optionsOf(args), name: path, onProgress });
        for (const note of measurement.notes) progress.line(`${path}: note: ${note}`);
        await say(
          `${pictures.length ? '\n' : ''}${describeComparison(measurement)}`,
          measurementObject(measurement),
        );
        pictures.push({ measurement, bytes });
      } catch (error) {
        if (isClosedPipe(error) || error instanceof UsageError) throw error;
        await reporter.failed(item.path, error);
      }
    }
    const means = pictures.length > 1 ? summarise(measurementsOf(pictures)) : [];
    if (means.length) await say(`\n${describeMeans(means)}`, { means: meansObject(means) });
    if (output !== undefined && write && pictures.length) {
      await writeAtomically(output, Buffer.from(await write(pictures, means, args.limitPixels)), target);
      progress.line(`${output}: written`);
    }
  } finally {
    reporter.summary(pictures.length, 'compared');
  }
  return reporter.failures() > 0 ? EXIT.failure : EXIT.ok;
}

function optionsOf({
  ranks,
  layouts,
  quality,
  basis,
  against,
  limitPixels,
  ssimulacra2,
}: CompareArguments): MeasureOptions {
  return {
    ...(ranks && { ranks }),
    ...(layouts && { layouts }),
    ...(basis && { bases: basis }),
    ...(against && { peers: against }),
    ...(quality !== undefined && { quality }),
    ...(limitPixels !== undefined && { maxPixels: limitPixels }),
    ...(ssimulacra2 !== undefined && { ssimulacra2 }),
  };
}

function writerOf(output: string): Writer {
  const writer = WRITERS[extname(output).toLowerCase()];
  if (writer) return writer;
  throw new UsageError(
    `-o names a report by its extension: ${Object.keys(WRITERS).join(', ')}, not ${output}`,
  );
}
