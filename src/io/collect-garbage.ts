import { setImmediate as turnOfLoop } from 'node:timers/promises';

/**
 * Releases memory that this thread no longer uses. The engine only does so when its own heap grows, and the bytes of files and pictures lie
 * outside it. Takes some milliseconds; does nothing where the engine has no inspector.
 */
export async function collectGarbage(): Promise<void> {
  const inspector = await import('node:inspector').catch(() => undefined);
  if (!inspector) return;
  // sharp releases a file in the turn after it has been loaded, and a picture in the turn after it has been collected.
  await turnOfLoop();
  const session = new inspector.Session();
  session.connect();
  await new Promise(done => session.post('HeapProfiler.collectGarbage', done));
  session.disconnect();
  await turnOfLoop();
}
