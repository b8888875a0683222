/** What the command line talks to: the process's own streams in main.ts, others in tests. */
export interface Terminal {
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  stdout: NodeJS.WritableStream & { isTTY?: boolean };
  stderr: NodeJS.WritableStream & { isTTY?: boolean };
  /**
   * Called with each temporary path while it exists, and with undefined when it is gone; for signal handlers. Each `writer` has one at a
   * time.
   */
  onTemporary?: (path: string | undefined, writer?: symbol) => void;
  /** Inputs that can only be read once and have been looked at, by path. */
  held?: Map<string, Uint8Array>;
  /** Errors only: no report lines, notes, bars or summaries. */
  quiet?: boolean | undefined;
  /** Print the stack and the causes of each error. */
  verbose?: boolean | undefined;
  /** Ends --watch; without it a signal to the process does. */
  signal?: AbortSignal | undefined;
}

/** Success, a failure, or a command that was not understood. */
export const EXIT = Object.freeze({ ok: 0, failure: 1, usage: 2 });

/** A command that cannot be carried out as written, whatever the files contain. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** All of stdin. */
export async function readAll(stream: Terminal['stdin']): Promise<Uint8Array> {
  if (stream.isTTY) throw new UsageError("'-' reads stdin, and stdin is a terminal: pipe a file into it");
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}
