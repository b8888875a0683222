import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Page } from 'puppeteer-core';
import { encode } from '../src/index.js';
import { open } from '../test/browsers/open.js';
import { serve } from '../test/browsers/server.js';
import { listPictures, loadRgb, rasterOf } from './rd/pictures.js';

const HELP = `A page of many <lowrank-img> in Chromium: long tasks of the page's thread while it is scrolled, and memory.

  npm run bench:page -- [options]

  --images DIR      folder of PNG files, encoded at --quality; samples/*.lrk without it
  --match REGEX     only the files whose names match
  --elements n      elements on the page (default 200)
  --quality q       1 to 100 (default 75)
  --csp             with the Content-Security-Policy default-src 'self', which forbids the inline worker
  --trace FILE      keeps the trace
`;

const ROOT = path.join(import.meta.dirname, '..');
const SAMPLES = ['scene', 'shapes-rgba', 'chart', 'weave', 'brick', 'stripes'];
/** Tasks of at least this many milliseconds count as long. */
const LONG = 50;

/** An event of a Chromium trace, as far as needed for tasks and thread names; `dur` in microseconds. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  args?: { name?: string };
}

/** Milliseconds of all tasks of the page's main thread. */
function tasksOf(trace: Uint8Array): number[] {
  const { traceEvents } = JSON.parse(Buffer.from(trace).toString()) as { traceEvents: TraceEvent[] };
  const of = (event: TraceEvent): string => `${event.pid} ${event.tid}`;
  const mains = new Set(
    traceEvents.filter(e => e.name === 'thread_name' && e.args?.name === 'CrRendererMain').map(of),
  );
  return traceEvents
    .filter(e => e.name === 'RunTask' && e.ph === 'X' && mains.has(of(e)))
    .map(e => e.dur! / 1000);
}

/** Resident memory of a process and all its descendants, in MB. */
function residentMb(pid: number): number {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number) as [number, number, number]);
  const kilobytes = (of: number): number =>
    rows.reduce((sum, [id, parent, rss]) => sum + (id === of ? rss : parent === of ? kilobytes(id) : 0), 0);
  return kilobytes(pid) / 1024;
}

/** After a garbage collection: live JavaScript and its buffers in MB, and all memory of the browser. */
async function memory(page: Page): Promise<string> {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  await wait(500);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = (await session.send('Runtime.getHeapUsage')) as {
    usedSize: number;
    backingStorageSize: number;
  };
  await session.detach();
  const mb = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
  return `${mb(usedSize)} MB of JavaScript, ${mb(backingStorageSize)} MB of buffers, ${residentMb(page.browser().process()!.pid!).toFixed(0)} MB resident`;
}

/** The files that the page shows one after another. */
async function pictures(images: string | undefined, match: RegExp, quality: number): Promise<Uint8Array[]> {
  if (!images) return Promise.all(SAMPLES.map(name => readFile(path.join(ROOT, `samples/${name}.lrk`))));
  const files: Uint8Array[] = [];
  for (const name of listPictures(images, match))
    files.push(encode(rasterOf(await loadRgb(path.join(images, name))), { quality }));
  return files;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      images: { type: 'string' },
      match: { type: 'string', default: '.' },
      elements: { type: 'string', default: '200' },
      quality: { type: 'string', default: '75' },
      csp: { type: 'boolean', default: false },
      trace: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const files = await pictures(values.images, new RegExp(values.match), Number(values.quality));
  const count = Number(values.elements);
  const server = await serve(path.join(ROOT, 'dist'));
  const elements = Array.from({ length: count }, (_, i) => {
    const address = `/picture-${i}.lrk`;
    server.put(address, files[i % files.length]!);
    return `<lowrank-img loading="lazy" width="640" height="427" alt="" src="${address}"></lowrank-img>`;
  });
  server.put('/define.js', await readFile(path.join(ROOT, 'dist/lowrank.min.js')));
  server.put(
    '/',
    `<!doctype html><html lang="en"><title>Many</title><script src="/define.js"></script><body></body></html>`,
    values.csp
      ? { headers: { 'Content-Security-Policy': "default-src 'self'; style-src 'self' 'unsafe-inline'" } }
      : {},
  );
  const driver = await open('chromium');
  const page = driver.puppeteer!;
  try {
    await driver.goto(`${server.origin}/`);
    console.log(`before: ${await memory(page)}`);
    await page.tracing.start({
      categories: ['toplevel', 'disabled-by-default-devtools.timeline', 'devtools.timeline'],
    });
    const start = performance.now();
    const { missing, steps } = await page.evaluate(async (html: string) => {
      const missing = new Set<EventTarget | null>();
      document.addEventListener('load', ({ target }) => missing.delete(target), true);
      document.body.innerHTML = html;
      for (const element of document.querySelectorAll('lowrank-img')) missing.add(element);
      let steps = 0;
      for (; missing.size && steps < 5000; steps++) {
        scrollBy(0, 120);
        await new Promise(resolve => setTimeout(resolve, 16));
      }
      return { missing: missing.size, steps };
    }, elements.join('\n'));
    const seconds = (performance.now() - start) / 1000;
    const trace = await page.tracing.stop();
    if (values.trace) await writeFile(values.trace, trace!);
    const tasks = tasksOf(trace!);
    const long = tasks.filter(ms => ms >= LONG).sort((a, b) => b - a);
    console.log(
      `${count} elements scrolled through in ${seconds.toFixed(1)} s (${steps} steps), ${missing} of them not loaded; ${tasks.length} tasks of the page's thread, ` +
        `${long.length} of ${LONG} ms or more, the longest ${Math.max(...tasks).toFixed(0)} ms (${long
          .slice(0, 8)
          .map(ms => ms.toFixed(0))
          .join(', ')})`,
    );
    console.log(`shown: ${await memory(page)}`);
    await page.evaluate(() => void (document.body.innerHTML = ''));
    await wait(6000);
    console.log(`removed: ${await memory(page)}`);
  } finally {
    await driver.close();
    await server.close();
  }
}

await main();
