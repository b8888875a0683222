import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import type { SharpOptions } from 'sharp';
import { sharpPath } from '../engine.js';

/** What sharp was asked to read, so that another process can be asked the same. */
export interface SharpReading {
  bytes: Uint8Array;
  options: SharpOptions;
  /** How pixels were to be given; undefined where only the header was read. */
  pixels?: { space?: string | undefined; depth: 'uchar' | 'ushort' };
}

/** Milliseconds after which an answer is given up, and after which a process without work ends. */
const [PATIENCE, IDLE] = [30_000, 1000];

/** The process answers with the message of the error; with nothing if there was none. */
const PROGRAM = `
const sharp = require(process.argv[1]);
const read = async ({ bytes, options, pixels }) => {
  const image = sharp(bytes, options);
  if (!pixels) return image.metadata();
  if (pixels.space) image.toColourspace(pixels.space);
  return image.raw({ depth: pixels.depth }).toBuffer();
};
process.on('message', reading =>
  read(reading).then(() => process.send(''), error => process.send(error.message)));`;

/** Other programs that run this, such as one that is a single file, would only be started a second time. */
const NODE = /^node(js)?(\.exe)?$/i;

let helper: ChildProcess | undefined;
let ending: NodeJS.Timeout | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Why sharp could not read a file, from a process in which nothing else runs. libvips has one place for the reasons of all threads of a
 * process, so that where several files are read at once a message can be that of another file. The process is started by the first
 * failure and takes one file after the other. undefined where no process can be started, or where it has no reason.
 */
export function reasonAlone(reading: SharpReading): Promise<string | undefined> {
  const answer = last.then(() => ask(reading)).catch(() => undefined);
  last = answer;
  return answer;
}

async function ask(reading: SharpReading): Promise<string | undefined> {
  clearTimeout(ending);
  helper ??= await start();
  const child = helper;
  const done = new AbortController();
  const { signal } = done;
  const patience = setTimeout(() => done.abort(), PATIENCE);
  keepAlive(child, true);
  try {
    const answer = Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(none),
    ]);
    child.send(reading, error => error && done.abort());
    const [reason] = await answer;
    return reason ? String(reason) : undefined;
  } catch (error) {
    child.kill();
    helper = undefined;
    throw error;
  } finally {
    clearTimeout(patience);
    done.abort(); // no one listens any more
    keepAlive(child, false);
    if (!child.connected) helper = undefined;
    ending = setTimeout(end, IDLE).unref();
  }
}

const none = (): string[] => [];

async function start(): Promise<ChildProcess> {
  if (!NODE.test(basename(process.execPath))) throw new Error('not run by node itself');
  const { spawn } = await import('node:child_process');
  const child = spawn(process.execPath, ['--input-type=commonjs', '-e', PROGRAM, sharpPath()], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    windowsHide: true,
  });
  child.on('error', () => {}); // heard by who asks; afterwards it does not matter
  return child;
}

/** Does this process wait for the other? */
function keepAlive(child: ChildProcess, wait: boolean): void {
  for (const handle of [child, child.channel]) wait ? handle?.ref() : handle?.unref();
}

/** Without a channel the process has nothing to wait for. */
function end(): void {
  if (helper?.connected) helper.disconnect();
  helper = undefined;
}
