import { oneLine } from '../io/errors.js';
import { writeToStream } from '../io/files/write-to-stream.js';
import { serveExplorer } from './explorer-server.js';
import { readAll, type Terminal } from './terminal.js';

export interface ExploreArguments {
  /** False with --no-open. */
  open: boolean;
  port?: number;
  limitPixels?: number;
}

/** lowrank explore: serves the page until the process ends. Writes the address, alone, to stdout before it reads the picture. */
export async function runExplore(
  input: string | undefined,
  { open, port, limitPixels }: ExploreArguments,
  terminal: Terminal,
): Promise<never> {
  const image = input === '-' ? await readAll(terminal.stdin) : input;
  const explorer = await serveExplorer({
    ...(image !== undefined && { image }),
    ...(input === '-' && { name: 'stdin' }),
    ...(port !== undefined && { port }),
    ...(limitPixels !== undefined && { maxPixels: limitPixels }),
  });
  await writeToStream(terminal.stdout, `${explorer.url}\n`);
  terminal.stderr.write(
    'The explorer is at this address until Ctrl+C ends it. Nothing leaves this machine.\n',
  );
  if (open)
    try {
      const browser = await (await import('open')).default(explorer.url);
      browser.on('error', () => {});
    } catch (error) {
      terminal.stderr.write(`note: no browser was opened: ${oneLine(error)}\n`);
    }
  try {
    await explorer.read();
  } catch (error) {
    await explorer.close();
    throw error;
  }
  return new Promise<never>(() => {});
}
