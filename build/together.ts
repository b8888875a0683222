import { spawn } from 'node:child_process';

// Runs commands in parallel, prints the output of each when it ends, and fails if one does: tsx build/together.ts 'command' 'command'...

/** The exit status of a command. */
const run = (command: string): Promise<number> =>
  new Promise(resolve => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [child.stdout, child.stderr].map(stream => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      return chunks;
    });
    child.on('close', status => {
      process.stdout.write(Buffer.concat(said.flat()));
      if (status !== 0) console.error(`${command}: failed`);
      resolve(status ?? 1);
    });
  });

const statuses = await Promise.all(process.argv.slice(2).map(run));
process.exitCode = Math.max(0, ...statuses);
