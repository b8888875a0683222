import { setImmediate as turnOfLoop } from 'node:timers/promises';

/**
 * Gives back the memory of what this thread no longer holds. The engine does so when its own heap grows, and the bytes of files and pictures
 * lie outside of that. Takes some milliseconds; where the engine has no inspector, nothing is done.
 */
export async function collectGarbage(): Promise<void> {
  const inspector = await import('node:inspector').catch(() => undefined);
  if (!inspector) return;
  // sharp lets go of a file in the turn after it has been loaded, and of a picture in the turn after it has been collected.
  await turnOfLoop();
  const session = new inspector.Session();
  session.connect();
  await new Promise(done => session.post('HeapProfiler.collectGarbage', done));
  session.disconnect();
  await turnOfLoop();
}
