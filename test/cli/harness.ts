import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll } from 'vitest';
import type { Terminal } from '../../dist/cli/terminal.js';

// The build, since the threads of a batch cannot run from the source. Bundled, as users have it.
const { run } = (await import('../../dist/run/run.js' as string)) as typeof import('../../dist/cli/run.js');

/** The outcome of a run of the command line. */
export interface Outcome {
  code: number;
  stdout: Buffer;
  /** stderr, line by line. */
  stderr: string[];
  /** The objects on stdout, if --json was given. */
  // biome-ignore lint/suspicious/noExplicitAny: shapes are what the tests check
  objects: any[];
}

/** A stream that stores what it gets, and fails after `limit` bytes. */
class Sink extends Writable {
  readonly chunks: Buffer[] = [];
  readonly isTTY: boolean;
  #left: number;
  readonly #code: string;

  constructor({ isTTY = false, limit = Number.POSITIVE_INFINITY, code = 'EPIPE' }: SinkOptions = {}) {
    super();
    this.isTTY = isTTY;
    this.#left = limit;
    this.#code = code;
  }

  override _write(chunk: Buffer | string, _encoding: string, done: (error?: Error) => void): void {
    const bytes = Buffer.from(chunk as string);
    this.#left -= bytes.length;
    if (this.#left < 0) {
      done(Object.assign(new Error(`write ${this.#code}`), { code: this.#code }));
      return;
    }
    this.chunks.push(bytes);
    done();
  }
}

interface SinkOptions {
  isTTY?: boolean;
  /** How many bytes it accepts. */
  limit?: number;
  /** The system error code of its failure. */
  code?: string;
}

/** Runs the command line in this process. */
export async function lowrank(
  args: readonly string[],
  streams: { stdin?: Uint8Array; stdout?: SinkOptions; stderr?: SinkOptions; signal?: AbortSignal } = {},
): Promise<Outcome> {
  const stdout = new Sink(streams.stdout);
  const stderr = new Sink(streams.stderr);
  const stdin = Readable.from(streams.stdin ? [Buffer.from(streams.stdin)] : []) as Terminal['stdin'];
  const code = await run(args, { stdin, stdout, stderr, signal: streams.signal });
  const out = Buffer.concat(stdout.chunks);
  const isJson = args.includes('--json');
  return {
    code,
    stdout: out,
    stderr: lines(Buffer.concat(stderr.chunks)),
    objects: isJson ? lines(out).map(line => JSON.parse(line)) : [],
  };
}

const lines = (bytes: Buffer): string[] =>
  bytes
    .toString()
    .split('\n')
    .filter(line => line !== '');

/** A folder for a test, with short ways to fill and list it. */
export class Place {
  constructor(readonly root: string) {}

  at(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  async put(name: string, content: Uint8Array | string): Promise<string> {
    await mkdir(dirname(this.at(name)), { recursive: true });
    await writeFile(this.at(name), content);
    return this.at(name);
  }

  /** All its files, hidden ones too, in order. */
  async files(): Promise<string[]> {
    const entries = await readdir(this.root, { recursive: true, withFileTypes: true });
    return entries
      .filter(entry => !entry.isDirectory())
      .map(entry => join(entry.parentPath, entry.name).slice(this.root.length + 1))
      .sort();
  }
}

/** A new folder, removed after the test file. */
export async function newPlace(): Promise<Place> {
  const root = await mkdtemp(join(tmpdir(), 'lowrank-cli-'));
  afterAll(() => rm(root, { recursive: true, force: true }));
  return new Place(root);
}
