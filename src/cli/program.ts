import { Command, Option } from 'commander';
import { CHOICES, RANGES } from '../encode/options.js';
import { printable } from '../io/metadata/printable.js';
import { MOST_FPS } from '../io/read/read-clip.js';
import { PEERS } from '../report/measurement.js';
import { MAX_RANK, METHODS } from '../separation/options.js';
import { addDecode } from './add-decode.js';
import { addEncode } from './add-encode.js';
import { type CompareArguments, runCompare } from './compare-command.js';
import { EXAMPLES } from './examples.js';
import { type ExploreArguments, runExplore } from './explore-command.js';
import { type InfoArguments, runInfo } from './info-command.js';
import { parseNames, parseRanks } from './lists.js';
import { parseNumber, parseOneOf, parsePositive } from './numbers.js';
import { runSeparate, type SeparateArguments } from './separate-command.js';
import {
  type Finish,
  JSON_FLAG,
  limitOption,
  placeholderOption,
  quietOption,
  rankOption,
  sizeOption,
} from './shared-options.js';
import { type Terminal, UsageError } from './terminal.js';
import { runTruncate, type TruncateArguments } from './truncate-command.js';
import { runVerify, type VerifyArguments } from './verify-command.js';
import { readVersion } from './version.js';

/** The command line. `finish` is called with the exit code of the command that ran. */
export function createProgram(streams: Terminal, finish: Finish): Command {
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

function addInfo(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('info')
    .description('Describe .lrk files: the picture, its layers, its factors.')
    .argument('<file...>', '.lrk files, globs, folders with --recursive, or - for stdin')
    .option('-r, --recursive', 'look into folders')
    .option(
      '--factors',
      'also read the planes: the basis of each channel and its bytes, and the singular values',
    )
    .addOption(
      new Option(
        '--html',
        'instead, the tag for a page: <lowrank-img>, with its exact proportions',
      ).conflicts(['json', 'factors']),
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
    .requiredOption('-o, --output <path>', 'file, or - for stdout; required')
    .addOption(rankOption('keep the layers up to this rank').conflicts(['psnr', 'scale', 'size']))
    .addOption(
      new Option('--psnr <dB>', 'keep the fewest bytes that reach this PSNR')
        .argParser(parsePositive())
        .conflicts(['rank', 'scale', 'size']),
    )
    .addOption(sizeOption('keep the layers that fit in this many bytes').conflicts(['rank', 'psnr', 'scale']))
    .addOption(
      new Option('--scale <n>', 'keep what a picture at 1/2, 1/4 or 1/8 of the width and height needs')
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
    .option('-r, --recursive', 'look into folders')
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
      'Separate a clip from a fixed camera: background, masks and cut-outs, and a page that plays them.',
    )
    .argument('<input...>', 'an animated GIF, WebP or PNG, a folder or pictures of one size, or - for stdin')
    .requiredOption('-o, --output <folder>', 'gets background.png, masks, foreground and page.html; required')
    .addOption(
      new Option('--method <name>', 'how the background is found; online keeps only a few frames in memory')
        .choices(METHODS)
        .default('svd'),
    )
    .addOption(
      new Option('--rank <k>', 'rank of the background in time: 1 to 16')
        .argParser(parseNumber(1, MAX_RANK, true))
        .default(1),
    )
    .addOption(
      new Option('--fps <n>', 'frames a second (default: those of the clip, or 25)').argParser(
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
    .description('Measure what each rank of a picture is worth, and compare it with other codecs.')
    .argument('<image...>', 'files, globs, folders with --recursive, or - for stdin')
    .addOption(new Option('--ranks <list>', 'default: 1,2,4,8,16,32,64').argParser(parseRanks))
    .addOption(
      new Option('--layouts <list>', 'block, channel (default: block)').argParser(parseNames(CHOICES.layout)),
    )
    .addOption(
      new Option('--basis <list>', 'auto, svd, dct, for layout block (default: auto)').argParser(
        parseNames(CHOICES.basis),
      ),
    )
    .addOption(
      new Option('--against <list>', `default: ${PEERS.join(',')}; none for none`).argParser(
        parseNames(PEERS, true),
      ),
    )
    .addOption(
      new Option('--quality <n>', 'quality of the files, 0 to 100 (default: 75)').argParser(
        parseNumber(...RANGES.quality),
      ),
    )
    .option('--ssimulacra2', 'fail if SSIMULACRA 2 cannot be measured; it needs the package calc-s2-rust')
    .option('--no-ssimulacra2', 'do not measure SSIMULACRA 2, which takes time')
    .option('-o, --output <path>', 'a report on all pictures: .html, .svg, .csv or .json')
    .option('-r, --recursive', 'look into folders')
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
    .description('See what rank does to a picture: a page in your browser, served only to this machine.')
    .argument('[image]', 'a picture, or - for stdin (default: a sample)')
    .option('--no-open', 'do not open a browser')
    .addOption(new Option('--port <n>', 'default: a free one').argParser(parseNumber(1, 65_535, true)))
    .addOption(limitOption())
    .addHelpText('after', EXAMPLES.explore)
    .action((input: string | undefined, options: ExploreArguments) => runExplore(input, options, terminal));
}
