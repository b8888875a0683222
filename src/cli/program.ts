import { Command, Option } from 'commander';
import { PART_SIZES, RANGES } from '../encode/options.js';
import { IMAGE_FORMATS } from '../io/index.js';
import { printable } from '../io/metadata/printable.js';
import { MOST_FPS } from '../io/read/read-clip.js';
import { PLACEHOLDER_BYTES } from '../placeholder/encode-placeholder.js';
import { PEERS } from '../report/measurement.js';
import { MAX_RANK, METHODS } from '../separation/options.js';
import { runDecode, runEncode } from './codec-commands.js';
import { type CompareArguments, runCompare } from './compare-command.js';
import { EXAMPLES } from './examples.js';
import { type ExploreArguments, runExplore } from './explore-command.js';
import { type InfoArguments, runInfo } from './info-command.js';
import { peek } from './inputs.js';
import { parseNames, parseRanks, parseRegion } from './lists.js';
import { parseNumber, parseOneOf, parsePositive, parseSize } from './numbers.js';
import { type PlaceholderArguments, runPlaceholder } from './placeholder-command.js';
import { runSeparate, type SeparateArguments } from './separate-command.js';
import {
  type ClipDecodeArguments,
  type ClipEncodeArguments,
  isClip,
  isSequenceFile,
  runDecodeClip,
  runEncodeClip,
} from './sequence-commands.js';
import { type Terminal, UsageError } from './terminal.js';
import { runTruncate, type TruncateArguments } from './truncate-command.js';
import { runVerify, type VerifyArguments } from './verify-command.js';
import { readVersion } from './version.js';
import { parseBox, parseWidths } from './widths.js';

const quietOption = (): Option => new Option('-q, --quiet', 'print errors only');
const rankOption = (text: string): Option =>
  new Option('--rank <k>', text).argParser(parseNumber(1, 65_535, true));
const sizeOption = (text: string): Option => new Option('--size <bytes>', text).argParser(parseSize);

const limitOption = (): Option =>
  new Option('--limit-pixels <n>', 'refuse larger pictures (default: 268402689)').argParser(parseSize);
const placeholderOption = (text: string): Option => {
  const { least, usual, most } = PLACEHOLDER_BYTES;
  return new Option(
    '--placeholder [bytes]',
    `${text}, at most so many bytes: ${least} to ${most} (default: ${usual})`,
  ).argParser(parseNumber(least, most, true));
};
const JSON_FLAG = ['--json', 'one JSON object a file on stdout'] as const;

/** Adds options of commands that work on many files. */
const addManyOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('-j, --jobs <n>', "files at a time (default: the machine's cores)").argParser(
        parseNumber(1, 1024, true),
      ),
    )
    .option(
      '-u, --update',
      'leave out what is up to date by content, settings and version; make anew what was made from something else',
    )
    .option('--dry-run', 'say what would be done, and write nothing')
    .option('--watch', 'go on whenever inputs change, as with --update; Ctrl-C ends it');

/** The command line. `finish` is called with the exit code of the command that ran. */
export function createProgram(streams: Terminal, finish: (code: number) => void): Command {
  const terminal = { ...streams };
  const program = new Command('lowrank')
    .description('An image codec made of linear algebra: every prefix of a file decodes.')
    .version(readVersion(), '-V, --version')
    .addOption(quietOption())
    .option('--verbose', 'print the stack of each error')
    .configureHelp({ showGlobalOptions: true })
    .hook('preAction', (_, command) => {
      const { quiet, verbose } = command.optsWithGlobals();
      Object.assign(terminal, { quiet, verbose });
    })
    .exitOverride()
    .configureOutput({
      writeOut: text => void terminal.stdout.write(text),
      writeErr: text => void terminal.stderr.write(text.split('\n').map(printable).join('\n')),
    })
    .addHelpText('after', EXAMPLES.program);
  addEncode(program, terminal, finish);
  addDecode(program, terminal, finish);
  addInfo(program, terminal, finish);
  addTruncate(program, terminal, finish);
  addVerify(program, terminal, finish);
  addSeparate(program, terminal, finish);
  addCompare(program, terminal, finish);
  addExplore(program, terminal);
  // Commands have it too, so that it can be combined with their own flags: -fq.
  for (const command of program.commands) command.addOption(quietOption().hideHelp());
  return program;
}

type MaybePlaceholder = Partial<Pick<PlaceholderArguments, 'placeholder'>>;
type Finish = (code: number) => void;

function addEncode(program: Command, terminal: Terminal, finish: Finish): void {
  const others = (name: string): string[] =>
    ['quality', 'psnr', 'size', 'bpp', 'ssimulacra2'].filter(other => other !== name);
  const target = (option: Option): Option => option.conflicts(others(option.attributeName()));
  const command = program
    .command('encode')
    .description('Encode pictures: PNG, JPEG, WebP, AVIF, TIFF, GIF, SVG, and .lrk anew.')
    .argument('<input...>', 'files, globs, folders with --recursive, or - for stdin')
    .option('-o, --output <path>', 'file, folder, or - for stdout (default: beside each input)')
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
    )
    .addOption(rankOption('at most this many columns a channel; goes with any target'))
    .addOption(
      new Option('--layout <name>', 'how a channel becomes a matrix (default: block)').choices([
        'block',
        'channel',
      ]),
    )
    .addOption(
      new Option('--basis <name>', 'which basis is stored (default: auto)').choices(['auto', 'svd', 'dct']),
    )
    .addOption(
      new Option('--tune <name>', 'what the file is good by (default: visual; with --psnr psnr)').choices([
        'visual',
        'psnr',
      ]),
    )
    .addOption(
      new Option('--order <name>', 'what comes first: smaller pictures, or quality (default: size)').choices([
        'size',
        'quality',
      ]),
    )
    .addOption(
      new Option('--effort <n>', '1 (fast) to 9 (small) (default: 5)').argParser(parseNumber(1, 9, true)),
    )
    .addOption(
      new Option(
        '--part-size <pixels>',
        'a side of the parts that are coded by themselves: 256, 512, ... or 8192; 0 for none (default: 1024 above 2 megapixels)',
      ).argParser(parseOneOf(PART_SIZES)),
    )
    .option('--strip', 'leave ICC, EXIF and XMP behind')
    .option('--still', 'of an animation the first frame alone (default: all, as a sequence)')
    .addOption(
      new Option('--resize <WxH>', 'make it fit into a box, such as 1280x720, 1280x or x720; never enlarged')
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
        'a sequence of these frames a second (default: what the animation says, else 25)',
      ).argParser(parsePositive(MOST_FPS)),
    )
    .addOption(
      new Option(
        '--temporal-rank <k>',
        'spatial factors of a sequence (default: 1, the background)',
      ).argParser(parseNumber(1, 8, true)),
    )
    .addOption(
      placeholderOption('instead of the file a placeholder for pages, as data: URL or JSON').conflicts(
        'quality psnr size bpp ssimulacra2 rank layout basis tune order effort partSize strip still resize widths fps temporalRank jobs update dryRun watch'.split(
          ' ',
        ),
      ),
    )
    .option('-r, --recursive', 'go through folders; their tree is kept under -o')
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

function addDecode(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('decode')
    .description('Decode .lrk files to pictures.')
    .argument('<input...>', '.lrk files, globs, folders with --recursive, or - for stdin')
    .option('-o, --output <path>', 'file, folder, or - for stdout (default: beside each input)')
    .addOption(rankOption('decode no further than this rank'))
    .addOption(
      new Option(
        '--scale <n>',
        'the picture at 1/2, 1/4 or 1/8 of its width and height, from what the file has for that',
      ).argParser(parseOneOf([1, 2, 4, 8])),
    )
    .addOption(
      new Option(
        '--region <x,y,w,h>',
        'only these pixels, counted at the scale; of a file in parts the others are not read',
      ).argParser(parseRegion),
    )
    .addOption(
      new Option('--format <name>', 'default: by the extension of -o, else png').choices(IMAGE_FORMATS),
    )
    .option('-r, --recursive', 'go through folders; their tree is kept under -o')
    .option('-f, --force', 'overwrite')
    .addOption(limitOption())
    .option(...JSON_FLAG)
    .addOption(
      new Option(
        '--frame <n>',
        'of a sequence this frame, from 1 on, as a picture; those before it are read too',
      ).argParser(parseNumber(1, 2 ** 20, true)),
    )
    .addOption(new Option('--background', 'of a sequence the background, as a picture').conflicts('frame'))
    .option('--tolerant', 'of a damaged picture decode the layers before the damage');
  addManyOptions(command)
    .addHelpText('after', EXAMPLES.decode)
    .action(async (inputs: string[], { frame, background, ...options }: ClipDecodeArguments) => {
      const { stream, again } = await peek(inputs, terminal);
      finish(
        await ((await isSequenceFile(inputs, { frame, background }, stream))
          ? runDecodeClip(inputs[0]!, { frame, background, ...options }, again)
          : runDecode(inputs, options, again)),
      );
    });
}

function addInfo(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('info')
    .description('Say what is in .lrk files: the picture, its layers, its factors.')
    .argument('<file...>', '.lrk files, globs, folders with --recursive, or - for stdin')
    .option('-r, --recursive', 'go through folders')
    .option('--factors', 'read the planes too: basis, bytes and singular values of each channel')
    .addOption(
      new Option('--html', 'the tag for a page instead: <lowrank-img>, with its exact place').conflicts([
        'json',
        'factors',
      ]),
    )
    .addOption(placeholderOption('with --html: a placeholder in the tag'))
    .option(...JSON_FLAG)
    .addHelpText('after', EXAMPLES.info)
    .action(async (inputs: string[], options: InfoArguments) => {
      if (options.placeholder && !options.html) throw new UsageError('info --placeholder goes with --html');
      finish(await runInfo(inputs, options, terminal));
    });
}

function addTruncate(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('truncate')
    .description('Cut an .lrk file to a rank, a PSNR, a scale or a size, without decoding it.')
    .argument('<file>', 'an .lrk file, or - for stdin')
    .requiredOption('-o, --output <path>', 'file, or - for stdout')
    .addOption(rankOption('keep the layers up to this rank').conflicts(['psnr', 'scale', 'size']))
    .addOption(
      new Option('--psnr <dB>', 'keep the fewest bytes that reach this PSNR')
        .argParser(parsePositive())
        .conflicts(['rank', 'scale', 'size']),
    )
    .addOption(sizeOption('keep the layers that fit in this many bytes').conflicts(['rank', 'psnr', 'scale']))
    .addOption(
      new Option('--scale <n>', 'keep what a picture of 1/2, 1/4 or 1/8 of the width and height is made of')
        .argParser(parseOneOf([2, 4, 8]))
        .conflicts(['rank', 'psnr', 'size']),
    )
    .option('-f, --force', 'overwrite')
    .option(...JSON_FLAG)
    .addHelpText('after', EXAMPLES.truncate)
    .action(async (input: string, options: TruncateArguments) => {
      const { rank, psnr, scale, size } = options;
      if ([rank, psnr, scale, size].every(target => target === undefined))
        throw new UsageError('truncate needs one of --rank, --psnr, --scale and --size');
      finish(await runTruncate(input, options, terminal));
    });
}

function addVerify(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('verify')
    .description('Check .lrk files for damage, without decoding them: which layer, which bytes.')
    .argument('<file...>', '.lrk files, globs, folders with --recursive, or - for stdin')
    .option('-r, --recursive', 'go through folders')
    .option(...JSON_FLAG)
    .addHelpText('after', EXAMPLES.verify)
    .action(async (inputs: string[], options: VerifyArguments) =>
      finish(await runVerify(inputs, options, terminal)),
    );
}

function addSeparate(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('separate')
    .description(
      'Take the clip of a fixed camera apart: background, masks and cut-outs, and a page that plays them.',
    )
    .argument('<input...>', 'an animated GIF, WebP or PNG, a folder or pictures of one size, or - for stdin')
    .requiredOption('-o, --output <folder>', 'gets background.png, masks, foreground and page.html')
    .addOption(
      new Option('--method <name>', 'how the background is found; online holds no more than a few frames')
        .choices(METHODS)
        .default('svd'),
    )
    .addOption(
      new Option('--rank <k>', 'of the background in time: 1 to 16')
        .argParser(parseNumber(1, MAX_RANK, true))
        .default(1),
    )
    .addOption(
      new Option('--fps <n>', 'frames a second (default: as the clip says, or 25)').argParser(
        parsePositive(MOST_FPS),
      ),
    )
    .option('-f, --force', 'overwrite')
    .addOption(limitOption())
    .option('--json', 'one JSON object on stdout')
    .addHelpText('after', EXAMPLES.separate)
    .action(async (inputs: string[], options: SeparateArguments) =>
      finish(await runSeparate(inputs, options, terminal)),
    );
}

function addCompare(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('compare')
    .description('Measure what each rank of pictures is worth, beside what other codecs make of them.')
    .argument('<image...>', 'files, globs, folders with --recursive, or - for stdin')
    .addOption(new Option('--ranks <list>', 'default: 1,2,4,8,16,32,64').argParser(parseRanks))
    .addOption(
      new Option('--layouts <list>', 'block, channel (default: block)').argParser(
        parseNames(['block', 'channel']),
      ),
    )
    .addOption(
      new Option('--basis <list>', 'of layout block: auto, svd, dct (default: auto)').argParser(
        parseNames(['auto', 'svd', 'dct']),
      ),
    )
    .addOption(
      new Option('--against <list>', `default: ${PEERS.join(',')}; none for none`).argParser(
        parseNames(PEERS, true),
      ),
    )
    .addOption(
      new Option('--quality <n>', '0 to 100, of the files (default: 75)').argParser(parseNumber(0, 100)),
    )
    .option('--ssimulacra2', 'fail where that measure cannot be had: it needs the package calc-s2-rust')
    .option('--no-ssimulacra2', 'without that measure, which takes time')
    .option('-o, --output <path>', 'a report on all of them: .html, .svg, .csv or .json')
    .option('-r, --recursive', 'go through folders')
    .option('-f, --force', 'overwrite')
    .addOption(limitOption())
    .option(...JSON_FLAG)
    .addHelpText('after', EXAMPLES.compare)
    .action(async (inputs: string[], options: CompareArguments) =>
      finish(await runCompare(inputs, options, terminal)),
    );
}

function addExplore(program: Command, terminal: Terminal): void {
  program
    .command('explore')
    .description('See what rank does to a picture: a page in your browser, served to this machine alone.')
    .argument('[image]', 'a picture, or - for stdin (default: a sample)')
    .option('--no-open', 'do not open a browser')
    .addOption(new Option('--port <n>', 'default: one that is free').argParser(parseNumber(1, 65_535, true)))
    .addOption(limitOption())
    .addHelpText('after', EXAMPLES.explore)
    .action((input: string | undefined, options: ExploreArguments) => runExplore(input, options, terminal));
}
