import { type Command, Option } from 'commander';
import { IMAGE_FORMATS } from '../io/index.js';
import { runDecode } from './codec-commands.js';
import { EXAMPLES } from './examples.js';
import { peek } from './inputs.js';
import { parseRegion } from './lists.js';
import { parseNumber, parseOneOf } from './numbers.js';
import { type ClipDecodeArguments, isSequenceFile, runDecodeClip } from './sequence-commands.js';
import { addManyOptions, type Finish, JSON_FLAG, limitOption, rankOption } from './shared-options.js';
import type { Terminal } from './terminal.js';

/** Adds `lowrank decode`. */
export function addDecode(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('decode')
    .description('Decode .lrk files to pictures.')
    .argument('<input...>', '.lrk files, globs, folders with --recursive, or - for stdin')
    .option('-o, --output <path>', 'file, folder, or - for stdout (default: beside each input)')
    .addOption(rankOption('decode up to this rank'))
    .addOption(
      new Option(
        '--scale <n>',
        '2, 4 or 8: the picture at 1/2, 1/4 or 1/8 of its width and height',
      ).argParser(parseOneOf([1, 2, 4, 8])),
    )
    .addOption(
      new Option(
        '--region <x,y,w,h>',
        'only these pixels, counted at the scale; other parts of the file are not read',
      ).argParser(parseRegion),
    )
    .addOption(
      new Option('--format <name>', 'default: by the extension of -o, else png').choices(IMAGE_FORMATS),
    )
    .option('-r, --recursive', 'look into folders; their tree is kept under -o')
    .option('-f, --force', 'overwrite')
    .addOption(limitOption())
    .option(...JSON_FLAG)
    .addOption(
      new Option(
        '--frame <n>',
        'this frame of a sequence, counted from 1, as a picture; earlier ones are read too',
      ).argParser(parseNumber(1, 2 ** 20, true)),
    )
    .addOption(new Option('--background', 'the background of a sequence, as a picture').conflicts('frame'))
    .option(
      '--tolerant',
      'decode a damaged picture or sequence up to the damage: its layers or frames before it',
    );
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
