import '../kernels/install.js';
import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { printable } from '../io/metadata/printable.js';
import { createProgram } from './program.js';
import { describeError, isClosedPipe } from './reporter.js';
import { EXIT, type Terminal, UsageError } from './terminal.js';

/**
 * The whole command line, without a process. Takes the arguments after the program's name and returns the exit code: 0 success, 1 a file
 * failed, 2 the command was not understood. Never throws.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = createProgram(terminal, code => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof UsageError) {
      terminal.stderr.write(`error: ${printable(error.message)}\n`);
      return EXIT.usage;
    }
    if (isClosedPipe(error)) return EXIT.ok;
    terminal.stderr.write(`error: ${printable(describeError(error, '').message)}\n`);
    if (program.opts().verbose) terminal.stderr.write(`${printable(inspect(error))}\n`);
    return EXIT.failure;
  }
}
