#!/usr/bin/env node
import { rmSync } from 'node:fs';
import { run } from './run.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** By who writes it; undefined is the one writer of a command that has only one. */
const temporaries = new Map<symbol | undefined, string>();
/** Do we hear signals, and are we about to hear no more? */
let listening = false;
let leaving = false;
/** Milliseconds that a turn of the loop takes at most in which next to nothing is done. */
const QUIET = 0.3;

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
  if (path) temporaries.set(writer, path);
  else temporaries.delete(writer);
  if (temporaries.size) listen(true);
  else if (!leaving) {
    leaving = true;
    setImmediate(leave);
  }
}

/** Hears no signals any more, after a turn of the loop in which next to nothing was done: one that comes while callbacks run is told only in the next turn, and would be lost. */
function leave(): void {
  const begun = performance.now();
  setImmediate(() => {
    if (temporaries.size) leaving = false;
    else if (performance.now() - begun > QUIET) leave();
    else {
      leaving = false;
      listen(false);
    }
  });
}

function listen(on: boolean): void {
  if (on === listening) return;
  listening = on;
  for (const signal of SIGNALS) on ? process.on(signal, onSignal) : process.removeListener(signal, onSignal);
}

// a reader that has seen enough closes its end: not our failure, and no trace
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const { stdin, stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, onTemporary });
