import { decode } from 'lowrank/decode';
import 'lowrank/define';
import type { LowrankImage } from 'lowrank/element';
import { addCopyButtons } from './copy-buttons.js';
import { throttle } from './throttle.js';

const find = <T extends Element = HTMLElement>(selector: string): T => document.querySelector<T>(selector)!;

addCopyButtons();

/** Loads pictures again, from a new address each time: at an unchanged one the element would keep what it has. */
const reload = (pictures: Iterable<LowrankImage>): void => {
  for (const picture of pictures) {
    const [address] = picture.src.split('?');
    if (!address!.startsWith('data:')) picture.src = `${address}?${Date.now()}`;
  }
};
const slow = find<LowrankImage>('#slow');
slow.addEventListener('progress', ({ detail: { rank, psnr, bytes: so } }) => {
  find('#progress').textContent = `Rank ${rank}, ${psnr.toFixed(2)} dB, ${so.toLocaleString('en')} bytes`;
});
find('#again').addEventListener('click', () => reload([slow]));
find('#all').addEventListener('click', () => reload(document.querySelectorAll<LowrankImage>('lowrank-img')));
find<HTMLSelectElement>('#rate').addEventListener('change', ({ currentTarget }) => {
  throttle(Number((currentTarget as HTMLSelectElement).value));
  reload(document.querySelectorAll<LowrankImage>('lowrank-img'));
});

// The bytes of each picture, and those of AVIF and JPEG at no lower quality. The development server has to compute that first, so the page
// does not wait for it.
void import('virtual:bytes').then(({ default: bytes }) => {
  for (const list of document.querySelectorAll<HTMLElement>('[data-of]')) {
    const of = bytes[list.dataset.of!]!;
    const most = Math.max(of.lowrank, of.avif ?? 0, of.jpeg ?? 0);
    for (const [name, key] of [
      ['lowrank', 'lowrank'],
      ['AVIF', 'avif'],
      ['JPEG', 'jpeg'],
    ] as const) {
      const size = of[key];
      const bar = document.createElement('i');
      bar.style.width = `${(100 * (size ?? 0)) / most}%`;
      if (key === 'lowrank') bar.className = 'ours';
      const [term, value] = ['dt', 'dd'].map(tag => document.createElement(tag));
      term!.textContent = name;
      value!.textContent = size ? `${size.toLocaleString('en')} bytes` : 'never as good';
      value!.append(bar);
      list.append(term!, value!);
    }
  }
});

const clip = find<LowrankImage>('#clip');
const play = find('#play');
const seek = find<HTMLInputElement>('#seek');
clip.addEventListener('frame', ({ detail: { frame, time } }) => {
  seek.max = `${clip.frames - 1}`;
  seek.value = `${frame}`;
  find('#frame').textContent = `Frame ${frame + 1} of ${clip.frames}, ${time.toFixed(2)} s`;
});
for (const type of ['frame', 'play', 'pause'] as const)
  clip.addEventListener(type, () => {
    play.textContent = clip.paused ? 'Play' : 'Pause';
  });
play.addEventListener('click', () => (clip.paused ? clip.play() : clip.pause()));
seek.addEventListener('input', () => {
  clip.pause();
  clip.currentFrame = Number(seek.value);
});

const response = await fetch('samples/weave.lrk');
const picture = decode(new Uint8Array(await response.arrayBuffer()), { bitDepth: 8 });
const canvas = Object.assign(find<HTMLCanvasElement>('#canvas'), {
  width: picture.width,
  height: picture.height,
});
canvas.getContext('2d')!.putImageData(new ImageData(picture.data, picture.width, picture.height), 0, 0);

// Encoded at the first visit, then cached. On the left, the placeholder; on the right, the picture itself.
const { default: hero } = await import('../brick.png?psnr=38&lowrank');
const { src, placeholder = '', ...size } = hero;
find('#hero').textContent =
  `${size.width} x ${size.height}, a placeholder of ${atob(placeholder.split(',')[1]!).length} bytes`;
for (const [address, alt] of [
  [placeholder, 'Bricks, the placeholder'],
  [src, 'Bricks'],
] as const)
  find('#bundled').append(
    Object.assign(document.createElement('lowrank-img'), { src: address, alt, ...size }),
  );
