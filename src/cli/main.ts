#!/usr/bin/env node
import { rmSync } from 'node:fs';
import { run } from './run.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Temporary paths by writer; undefined is the only writer of a command. */
const temporaries = new Map<symbol | undefined, string>();
/** Are signal handlers installed, and are they about to be removed? */
let listening = false;
let leaving = false;
/** Milliseconds that an idle turn of the event loop takes at most. */
const QUIET = 0.3;

// Handlers are only installed while a temporary file exists. At other times the default handling ends even a busy encoder at once. It also
// ends the process after ours, without waiting for threads.
function onSignal(signal: NodeJS.Signals): void {
  for (const path of temporaries.values())
    try {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // renamed or never made: nothing is left behind in either case
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

/**
 * Removes the handlers after an idle turn of the event loop: a signal that arrives while callbacks run is only delivered in the next turn,
 * and would be lost.
 */
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

// A reader that has seen enough closes its end: that is no failure of ours, and leaves no trace.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const { stdin, stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, onTemporary });
