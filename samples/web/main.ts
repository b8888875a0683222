import 'lowrank/define';
import { decode } from 'lowrank/decode';
import type { LowrankImage } from 'lowrank/element';

const find = <T extends Element = HTMLElement>(selector: string): T => document.querySelector<T>(selector)!;

const slow = find('#slow');
slow.addEventListener('progress', event => {
  const { rank, psnr, bytes } = (event as unknown as CustomEvent).detail;
  find('#progress').textContent = `Rank ${rank}, ${psnr.toFixed(2)} dB, ${bytes.toLocaleString('en')} bytes`;
});
find('#again').addEventListener('click', () => slow.setAttribute('src', '/samples/scene.lrk?slow'));

const clip = find<LowrankImage>('#clip');
const play = find('#play');
const seek = find<HTMLInputElement>('#seek');
clip.addEventListener('frame', event => {
  const { frame, time } = (event as unknown as CustomEvent).detail;
  seek.max = `${clip.frames - 1}`;
  seek.value = frame;
  find('#frame').textContent = `Frame ${frame + 1} of ${clip.frames}, ${time.toFixed(2)} s`;
});
for (const type of ['frame', 'play', 'pause'])
  clip.addEventListener(type, () => {
    play.textContent = clip.paused ? 'Play' : 'Pause';
  });
play.addEventListener('click', () => (clip.paused ? clip.play() : clip.pause()));
seek.addEventListener('input', () => {
  clip.pause();
  clip.currentFrame = Number(seek.value);
});

const response = await fetch('/samples/weave.lrk');
const picture = decode(new Uint8Array(await response.arrayBuffer()));
const canvas = Object.assign(find<HTMLCanvasElement>('#canvas'), {
  width: picture.width,
  height: picture.height,
});
const data = new Uint8ClampedArray(picture.data);
canvas.getContext('2d')!.putImageData(new ImageData(data, picture.width, picture.height), 0, 0);

// Encoded at the first visit, from the cache ever after. Left, what is there until the picture is; right, the picture itself.
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
