import type { ClipData, FrameData } from '../clip-data.js';
import { drawFrame } from './draw-frame.js';
import { FramePictures } from './frame-pictures.js';

const clip: ClipData = JSON.parse(document.getElementById('clip')!.textContent!);
const { frames, width, height } = clip;
const byId = <T extends Element = HTMLElement>(id: string): T => document.getElementById(id) as unknown as T;

/** Browsers show every frame for at least this long, milliseconds. */
const LEAST_DURATION = 20;

const slider = byId<HTMLInputElement>('frame');
const play = byId<HTMLButtonElement>('play');
const speed = byId<HTMLSelectElement>('speed');
const pictures = new FramePictures(frames);
const starts: number[] = [];
let seconds = 0;
for (const { duration } of frames) {
  starts.push(seconds);
  seconds += duration / 1000;
}

let shown = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let isPlaying = false;

/** Shows a frame as soon as its pictures are there, unless another has been asked for meanwhile. */
async function show(index: number): Promise<void> {
  shown = index;
  try {
    const found = await pictures.load(index);
    if (shown !== index) return;
    drawFrame(found, width, height);
    describe(index);
    pictures.prefetch(index);
  } catch {
    byId('error').textContent = `The pictures of frame ${index + 1} cannot be shown.`;
  }
}

function describe(index: number): void {
  const { share } = frames[index]!;
  const time = `${starts[index]!.toFixed(2)} s`;
  slider.value = String(index + 1);
  slider.setAttribute('aria-valuetext', `Frame ${index + 1} of ${frames.length}, ${time}`);
  byId('now').textContent =
    `Frame ${index + 1} of ${frames.length}, ${time}, ${(100 * share).toFixed(1)} % foreground`;
  document.body.dataset.shown = String(index);
}

/** Plays on from the present frame: each stays for its time, or until the next is ready. */
function schedule(): void {
  const due = performance.now() + Math.max(LEAST_DURATION, frames[shown]!.duration / Number(speed.value));
  const next = (shown + 1) % frames.length;
  const ready = pictures.load(next).catch(() => undefined);
  timer = setTimeout(async () => {
    await ready;
    if (!isPlaying) return;
    await show(next);
    if (isPlaying) schedule();
  }, due - performance.now());
}

function setPlaying(on: boolean): void {
  isPlaying = on;
  clearTimeout(timer);
  play.textContent = on ? 'Pause' : 'Play';
  document.body.dataset.playing = String(on);
  // Frames are announced one by one, not as they play.
  byId('now').setAttribute('aria-live', on ? 'off' : 'polite');
  if (on) schedule();
}

function go(index: number): void {
  setPlaying(false);
  void show(Math.max(0, Math.min(frames.length - 1, index)));
}

function drawShares(): void {
  const most = Math.max(...frames.map(({ share }) => share), 1e-6);
  const step = 1000 / frames.length;
  const bar = ({ share }: FrameData, i: number): string =>
    `M${(i * step).toFixed(1)} 40v${((-38 * share) / most).toFixed(1)}h${step.toFixed(2)}V40z`;
  byId('shares').querySelector('path')!.setAttribute('d', frames.map(bar).join(''));
  byId('shares').setAttribute(
    'aria-label',
    `Share of foreground over time, up to ${(100 * most).toFixed(1)} %`,
  );
}

const KEYS: Record<string, () => void> = {
  ' ': () => setPlaying(!isPlaying),
  ArrowLeft: () => go(shown - 1),
  ArrowRight: () => go(shown + 1),
  Home: () => go(0),
  End: () => go(frames.length - 1),
};

document.title = `${clip.title}: background and foreground`;
byId('title').textContent = clip.title;
const some = clip.total > frames.length ? ` (the first ${frames.length} of them are on this page)` : '';
byId('facts').textContent =
  `${clip.total} frames${some} of ${width} x ${height} pixels, ${seconds.toFixed(1)} s; method ${clip.method}, background of rank ${clip.rank}`;
slider.max = String(frames.length);
slider.addEventListener('input', () => go(Number(slider.value) - 1));
play.addEventListener('click', () => setPlaying(!isPlaying));
byId('back').addEventListener('click', () => go(shown - 1));
byId('next').addEventListener('click', () => go(shown + 1));
document.addEventListener('keydown', event => {
  const target = event.target as Element;
  const action = KEYS[event.key];
  // elements with keys of their own keep them
  if (!action || event.ctrlKey || event.metaKey || event.altKey || target.matches('select')) return;
  if (event.key === ' ' && target.matches('button')) return;
  event.preventDefault();
  action();
});
drawShares();
await show(0);
setPlaying(!matchMedia('(prefers-reduced-motion: reduce)').matches);
