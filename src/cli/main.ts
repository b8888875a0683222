#!/usr/bin/env node
import { rmSync } from 'node:fs';
import { run } from './run.js';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
let temporary: string | undefined;

// Only while a temporary file exists: at other times the default, which ends even a busy encoder at once.
function onSignal(signal: NodeJS.Signals): void {
  try {
    if (temporary) rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // renamed or never made: nothing is left behind either way
  }
  process.exit(SIGNALS[signal as keyof typeof SIGNALS]);
}

function onTemporary(path: string | undefined): void {
  temporary = path;
  for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[])
    if (path) process.on(signal, onSignal);
    else process.removeListener(signal, onSignal);
}

// a reader that has seen enough closes its end: not our failure, and no trace
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const { stdin, stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, onTemporary });
