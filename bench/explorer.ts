import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { serveExplorer } from '../src/cli/explorer-server.js';
import { open } from '../test/browsers/open.js';

// How soon the explorer shows a picture and answers its slider, in Chromium: npm run bench:explorer -- [picture...]
// Without pictures: the sample scene, enlarged to 1 and to 15 megapixels.

const SAMPLE = join(import.meta.dirname, '../samples/scene.png');
const enlarged = (width: number, height: number) => sharp(SAMPLE).resize(width, height).png().toBuffer();
/** How often the slider is moved, to scattered ranks. */
const MOVES = 15;

/** What the page has reported: milliseconds since its address was opened, and the sum of its layout shifts. */
interface Seen {
  picture?: number;
  rank?: number;
  shifts: number;
}

/** In the page, before its scripts: notes when the picture and the first rank appear. */
const watch = (): void => {
  const seen: Seen = { shifts: 0 };
  Object.assign(globalThis, { seen });
  addEventListener('DOMContentLoaded', () => {
    new MutationObserver(() => {
      seen.picture ??= performance.now();
    }).observe(document.querySelector('#original')!, { attributeFilter: ['aria-label'] });
    new MutationObserver(() => {
      seen.rank ??= performance.now();
    }).observe(document.body, { attributeFilter: ['data-rank'] });
  });
  new PerformanceObserver(list => {
    for (const entry of list.getEntries() as unknown as { value: number }[]) seen.shifts += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
};

/** In the page: moves the slider, and returns the milliseconds until each answer is painted. */
const move = async (moves: number): Promise<number[]> => {
  const slider = document.querySelector<HTMLInputElement>('#rank')!;
  const times: number[] = [];
  for (let i = 0; i < moves; i++) {
    const rank = String(1 + ((i * 7 + 3) % Math.max(2, Number(slider.max) - 1)));
    if (document.body.dataset.rank === rank) continue;
    const start = performance.now();
    slider.value = rank;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    while (document.body.dataset.rank !== rank) await new Promise(requestAnimationFrame);
    times.push(performance.now() - start);
  }
  return times;
};

const spread = (times: number[]): string => {
  const sorted = times.map(Math.round).sort((a, b) => a - b);
  return `${sorted[sorted.length >> 1]} ms, at most ${sorted.at(-1)} ms`;
};

const given = process.argv.slice(2);
const pictures: [name: string, image: string | Uint8Array][] = given.length
  ? given.map(path => [path, path])
  : [
      ['1 MP', await enlarged(1224, 816)],
      ['15 MP', await enlarged(4752, 3168)],
    ];

for (const [name, image] of pictures) {
  const explorer = await serveExplorer({ image });
  const driver = await open('chromium');
  const until = async (condition: string): Promise<void> => {
    while (!(await driver.evaluate(condition))) await wait(50);
  };
  try {
    await driver.puppeteer!.evaluateOnNewDocument(watch);
    await driver.resize(1280, 900);
    const before = loadavg()[0]!;
    await driver.goto(`${explorer.url}#rank=4`);
    await until('seen.rank !== undefined');
    const busy = await driver.evaluate(move, MOVES);
    await until("document.body.dataset.state === 'ready'");
    const rest = await driver.evaluate(move, MOVES);
    const { picture, rank, shifts } = await driver.evaluate<[], Required<Seen>>('seen' as never);
    console.log(
      `${name}: first picture ${Math.round(picture)} ms, first rank ${Math.round(rank)} ms; the slider answers in ${spread(busy)} while it encodes, ${spread(rest)} after; layout shifts ${shifts.toFixed(4)}; load of the machine before ${before.toFixed(1)}`,
    );
  } finally {
    await driver.close();
    await explorer.close();
  }
}
