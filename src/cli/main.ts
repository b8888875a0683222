#!/usr/bin/env node
import { rmSync } from 'node:fs';
import { run } from './run.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** By who writes it; undefined is the one writer of a command that has only one. */
const temporaries = new Map<symbol | undefined, string>();

// Only while a temporary file exists: at other times the default, which ends even a busy encoder at once. That is what then ends us, too: it waits for no thread.
function onSignal(signal: NodeJS.Signals): void {
  for (const path of temporaries.values())
    try {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // renamed or never made: nothing is left behind either way
    }
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

function onTemporary(path: string | undefined, writer?: symbol): void {
  const before = temporaries.size;
  if (path) temporaries.set(writer, path);
  else temporaries.delete(writer);
  for (const signal of SIGNALS)
    if (before === 0 && path) process.on(signal, onSignal);
    else if (temporaries.size === 0) process.removeListener(signal, onSignal);
}

// a reader that has seen enough closes its end: not our failure, and no trace
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const { stdin, stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, onTemporary });
