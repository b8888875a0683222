import { type Command, Option } from 'commander';
import { CHOICES, PART_SIZES, RANGES } from '../encode/options.js';
import { MOST_FPS } from '../io/read/read-clip.js';
import { runEncode } from './codec-commands.js';
import { EXAMPLES } from './examples.js';
import { peek } from './inputs.js';
import { parseNumber, parseOneOf, parsePositive } from './numbers.js';
import { type PlaceholderArguments, runPlaceholder } from './placeholder-command.js';
import { type ClipEncodeArguments, isClip, runEncodeClip } from './sequence-commands.js';
import {
  addManyOptions,
  type Finish,
  JSON_FLAG,
  limitOption,
  placeholderOption,
  rankOption,
  sizeOption,
} from './shared-options.js';
import type { Terminal } from './terminal.js';
import { parseBox, parseWidths } from './widths.js';

type MaybePlaceholder = Partial<Pick<PlaceholderArguments, 'placeholder'>>;

/** Adds `lowrank encode`: a long list of options, in the order of its help. */
export function addEncode(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('encode')
    .description('Encode pictures: PNG, JPEG, WebP, AVIF, TIFF, GIF, SVG, and .lrk anew.')
    .argument('<input...>', 'files, globs, folders with --recursive, or - for stdin')
    .option('-o, --output <path>', 'file, folder, or - for stdout (default: beside each input)');
  addTargets(command)
    .addOption(rankOption('at most this many columns a channel; goes with any target'))
    .addOption(
      new Option('--layout <name>', 'how a channel becomes a matrix (default: block)').choices(
        CHOICES.layout,
      ),
    )
    .addOption(new Option('--basis <name>', 'which basis is stored (default: auto)').choices(CHOICES.basis))
    .addOption(
      new Option('--tune <name>', 'what to optimise for (default: visual; with --psnr psnr)').choices(
        CHOICES.tune,
      ),
    )
    .addOption(
      new Option('--order <name>', 'what comes first: smaller pictures, or quality (default: size)').choices(
        CHOICES.order,
      ),
    )
    .addOption(
      new Option('--effort <n>', '1 (fast) to 9 (small) (default: 5)').argParser(
        parseNumber(...RANGES.effort, true),
      ),
    )
    .addOption(
      new Option(
        '--part-size <pixels>',
        'a side of the parts that are coded separately: 256, 512, ... or 8192; 0 for none (default: 1024 above 2 megapixels)',
      ).argParser(parseOneOf(PART_SIZES)),
    )
    .option('--strip', 'leave out ICC, EXIF and XMP')
    .option('--still', 'only the first frame of an animation (default: all, as a sequence)')
    .addOption(
      new Option(
        '--resize <WxH>',
        'shrink to fit into a box, such as 1280x720, 1280x or x720; never enlarged',
      )
        .argParser(parseBox)
        .conflicts('widths'),
    )
    .addOption(
      new Option('--widths <list>', 'a file for each width: 640,1280 makes photo-640.lrk ...').argParser(
        parseWidths,
      ),
    )
    .addOption(
      new Option(
        '--fps <n>',
        'frames a second of a sequence (default: those of the animation, else 25)',
      ).argParser(parsePositive(MOST_FPS)),
    )
    .addOption(
      new Option(
        '--temporal-rank <k>',
        'spatial factors of a sequence (default: 1, the background)',
      ).argParser(parseNumber(1, 8, true)),
    )
    .addOption(
      placeholderOption('instead of the file, a placeholder for pages, as data: URL or JSON').conflicts(
        'quality psnr size bpp ssimulacra2 rank layout basis tune order effort partSize strip still resize widths fps temporalRank jobs update dryRun watch'.split(
          ' ',
        ),
      ),
    )
    .option('-r, --recursive', 'look into folders; their tree is kept under -o')
    .option('-f, --force', 'overwrite')
    .addOption(limitOption())
    .option(...JSON_FLAG);
  addManyOptions(command)
    .addHelpText('after', EXAMPLES.encode)
    .action(
      async (
        inputs: string[],
        { placeholder, fps, temporalRank, ...options }: ClipEncodeArguments & MaybePlaceholder,
      ) =>
        finish(
          await (placeholder
            ? runPlaceholder(inputs, { ...options, placeholder }, terminal)
            : runEncodeOrClip(inputs, { fps, temporalRank, ...options }, terminal)),
        ),
    );
}

/** Adds the options of which only one may be given. */
function addTargets(command: Command): Command {
  const names = ['quality', 'psnr', 'size', 'bpp', 'ssimulacra2'];
  const target = (option: Option): Option =>
    option.conflicts(names.filter(other => other !== option.attributeName()));
  return command
    .addOption(
      target(new Option('--quality <n>', '0 to 100 (default: 75)').argParser(parseNumber(...RANGES.quality))),
    )
    .addOption(
      target(
        new Option('--psnr <dB>', 'reach this PSNR, within 0.05 dB from above').argParser(
          parseNumber(...RANGES.psnr),
        ),
      ),
    )
    .addOption(target(sizeOption('never more bytes than this: 120k, 1.5M, 64Ki')))
    .addOption(
      target(
        new Option('--bpp <x>', 'never more bits a pixel than this').argParser(parseNumber(...RANGES.bpp)),
      ),
    )
    .addOption(
      target(
        new Option('--ssimulacra2 <n>', 'reach this score; needs the package calc-s2-rust').argParser(
          parseNumber(1, 100),
        ),
      ),
    );
}

async function runEncodeOrClip(
  inputs: readonly string[],
  { fps, temporalRank, ...options }: ClipEncodeArguments,
  terminal: Terminal,
): Promise<number> {
  const { stream, again } = await peek(inputs, terminal);
  return (await isClip(inputs, { fps, temporalRank, ...options }, stream))
    ? runEncodeClip(inputs, { fps, temporalRank, ...options }, again)
    : runEncode(inputs, options, again);
}
