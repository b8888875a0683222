import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
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
/** A task of at least so many milliseconds is a long one. */
const LONG = 50;

/** Task and thread names of a trace of Chromium. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  args?: { name?: string };
}

/** Milliseconds of all tasks of the page's thread. */
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

/** Resident memory of a process and all that it started, in MB. */
function residentMb(pid: number): number {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number) as [number, number, number]);
  const of = (parent: number): number =>
    rows
      .filter(([id, from]) => id === parent || from === parent)
      .reduce((sum, [id, , rss]) => sum + (id === parent ? rss : of(id) * 1024), 0) / 1024;
  return of(pid);
}

/** After a collection of garbage: live JavaScript and its buffers in MB, and all memory of the browser. */
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

async function pictures(images: string | undefined, match: string, quality: number) {
  if (!images)
    return ['scene', 'shapes-rgba', 'chart', 'weave', 'brick', 'stripes'].map(name => {
      const bytes = readFileSync(path.join(ROOT, `samples/${name}.lrk`));
      return { name, bytes };
    });
  const out = [];
  for (const name of listPictures(images, new RegExp(match))) {
    const bytes = encode(rasterOf(await loadRgb(path.join(images, name))), { quality });
    out.push({ name, bytes: Buffer.from(bytes) });
  }
  return out;
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
  const files = await pictures(values.images, values.match, Number(values.quality));
  const count = Number(values.elements);
  const server = await serve(path.join(ROOT, 'dist'));
  const elements = Array.from({ length: count }, (_, i) => {
    const { bytes } = files[i % files.length]!;
    const address = `/picture-${i}.lrk`;
    server.put(address, bytes);
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
    await page.evaluate(() => {
      const at = globalThis as unknown as { left: Set<EventTarget | null>; failed: number };
      at.left = new Set();
      at.failed = 0;
      document.addEventListener('load', ({ target }) => at.left.delete(target), true);
      document.addEventListener('error', () => at.failed++, true);
    });
    await page.tracing.start({
      categories: ['toplevel', 'disabled-by-default-devtools.timeline', 'devtools.timeline'],
    });
    const start = performance.now();
    const { failed, screens } = await page.evaluate(async (html: string) => {
      const at = globalThis as unknown as { left: Set<EventTarget | null>; failed: number };
      document.body.innerHTML = html;
      for (const element of document.querySelectorAll('lowrank-img')) at.left.add(element);
      let screens = 0;
      for (; at.left.size && screens < 5000; screens++) {
        scrollBy(0, 120);
        if (scrollY + innerHeight >= document.documentElement.scrollHeight - 1) scrollTo(0, scrollY - 1);
        await new Promise(resolve => setTimeout(resolve, 16));
      }
      return { failed: at.failed + at.left.size, screens };
    }, elements.join('\n'));
    const seconds = (performance.now() - start) / 1000;
    const trace = await page.tracing.stop();
    if (values.trace) await (await import('node:fs/promises')).writeFile(values.trace, trace!);
    const tasks = tasksOf(trace!);
    const long = tasks.filter(ms => ms >= LONG).sort((a, b) => b - a);
    console.log(
      `${count} elements scrolled through in ${seconds.toFixed(1)} s (${screens} steps), ${failed} of them not loaded; ${tasks.length} tasks of the page's thread, ` +
        `${long.length} of ${LONG} ms or more, the longest ${Math.max(...tasks).toFixed(0)} ms (${long
          .slice(0, 8)
          .map(ms => ms.toFixed(0))
          .join(', ')})`,
    );
    console.log(`shown: ${await memory(page)}`);
    await page.evaluate(() => {
      document.body.innerHTML = '';
      (globalThis as unknown as { left: Set<EventTarget | null> }).left.clear();
    });
    await wait(6000);
    console.log(`removed: ${await memory(page)}`);
  } finally {
    await driver.close();
    await server.close();
  }
}

await main();
