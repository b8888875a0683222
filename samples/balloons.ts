import type { Raster } from '../src/core/raster.js';
import { clamp } from './art/noise.js';
import { drawScene } from './scene/draw-scene.js';

const WIDTH = 240;
const HEIGHT = 160;

/** Frames of the clip, and milliseconds of each. */
export const BALLOONS = { frames: 40, duration: 75 };

/** For each balloon: its place in the first frame, its movement a frame and its radius, all in pixels, and its colours. */
const FLEET = [
  { x: 30, y: 66, dx: 4.5, dy: -0.5, radius: 15, colours: [212, 60, 44, 244, 206, 120] },
  { x: 196, y: 30, dx: -1.5, dy: 0.25, radius: 8, colours: [38, 88, 150, 232, 236, 240] },
];

/** The scene, seen by a fixed camera while two balloons cross it, frame by frame; the same in every engine. */
export function drawBalloons(): Raster[] {
  const scene = drawScene(WIDTH, HEIGHT, 3);
  return Array.from({ length: BALLOONS.frames }, (_, t) => {
    const frame = { ...scene, data: Uint8Array.from(scene.data) };
    for (const balloon of FLEET)
      drawBalloon(frame, { ...balloon, x: balloon.x + balloon.dx * t, y: balloon.y + balloon.dy * t });
    return frame;
  });
}

function drawBalloon({ data }: Raster, { x, y, radius, colours }: (typeof FLEET)[number]): void {
  for (let row = 0; row < HEIGHT; row++)
    for (let col = 0; col < WIDTH; col++) {
      const u = (col + 0.5 - x) / radius;
      const v = (row + 0.5 - y) / radius;
      // Below its middle the envelope narrows to where the basket hangs.
      const across = v > 0 ? u / (1 - 0.45 * v) : u;
      const inside = clamp((1 - Math.sqrt(across * across + (v > 0 ? v * v * 0.7 : v * v))) * radius + 0.5);
      const basket = Math.abs(u) < 0.2 && v > 1.35 && v < 1.65 ? 1 : 0;
      const cover = Math.max(v < 1.2 ? inside : 0, basket);
      if (!cover) continue;
      const stripe = Math.floor((across + 1) * 3.5) % 2 ? 3 : 0;
      const light = 0.72 + 0.3 * clamp(0.5 - 0.5 * u - 0.25 * v);
      for (let c = 0; c < 3; c++) {
        const i = (row * WIDTH + col) * 3 + c;
        const colour = basket ? [92, 62, 38][c]! : colours[stripe + c]! * light;
        data[i] = Math.round(data[i]! + (colour - data[i]!) * cover);
      }
    }
}
