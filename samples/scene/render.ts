import { clamp, fractal, mix, noise, smooth } from '../art/noise.js';
import { dot, normalise, SUN, SUNLIGHT, skyLight, type Vector } from './sky.js';
import { forestDensity, groundHeight, type Terrain, type Tree, treeAt } from './terrain.js';

const FAR = 15.5;
const HIGHEST = 3;

/** The height of everything at (x, z), with trees if `y` could meet one. */
function surface(terrain: Terrain, x: number, y: number, z: number, distance: number, tree: Tree): number {
  const ground = groundHeight(terrain, x, z, distance < 3 ? 0.012 : 0);
  tree.above = 0;
  if (y - ground < 0.04 && distance < 9) treeAt(terrain, x, z, tree);
  return ground + tree.above;
}

/** Distance along a ray to land (not water), or -1. */
function march(terrain: Terrain, eye: Vector, ray: Vector, tree: Tree): number {
  let [t, before] = [0.01, 0.01];
  for (let i = 0; i < 700 && t < FAR; i++) {
    const y = eye[1] + t * ray[1];
    if (ray[1] > 0 && y > HIGHEST) return -1;
    const gap = y - surface(terrain, eye[0] + t * ray[0], y, eye[2] + t * ray[2], t, tree);
    if (gap < 0) {
      let [lo, hi] = [before, t];
      for (let k = 0; k < 7; k++) {
        const middle = (lo + hi) / 2;
        const my = eye[1] + middle * ray[1];
        const under =
          my < surface(terrain, eye[0] + middle * ray[0], my, eye[2] + middle * ray[2], middle, tree);
        if (under) hi = middle;
        else lo = middle;
      }
      return hi;
    }
    before = t;
    t += Math.max(0.3 * gap, 0.0006 + 0.0012 * t);
  }
  return -1;
}

/** The share of sunlight that reaches a point, 0 to 1, with soft edges. */
function sunReaching(terrain: Terrain, [x, y, z]: Vector, distance: number): number {
  let light = 1;
  const tree: Tree = { above: 0, tall: 0, kind: 0, bough: 0 };
  for (let t = 0.002 + 0.0008 * distance; t < 4; t += Math.max(0.0025, 0.06 * t)) {
    const sy = y + t * SUN[1];
    if (sy > HIGHEST) break;
    const gap = sy - surface(terrain, x + t * SUN[0], sy, z + t * SUN[2], t < 0.25 ? distance : FAR, tree);
    if (gap < -0.01) return 0;
    light = Math.min(light, 0.5 + (14 * gap) / t);
  }
  return clamp(light);
}

function normalAt(terrain: Terrain, x: number, y: number, z: number, distance: number): Vector {
  const e = 0.0007 + 0.0011 * distance;
  const tree: Tree = { above: 0, tall: 0, kind: 0, bough: 0 };
  const at = (dx: number, dz: number) => surface(terrain, x + dx, y, z + dz, distance, tree);
  return normalise([at(-e, 0) - at(e, 0), 2 * e, at(0, -e) - at(0, e)]);
}

/** Colour of the ground: meadow, scree, rock in layers, snow where it can lie. */
function groundColour(terrain: Terrain, x: number, y: number, z: number, normal: Vector): Vector {
  const grain = fractal(x * 60, z * 60, 5, 201);
  const patch = fractal(x * 5, z * 5, 4, 211);
  const bed = fractal(x * 2, y * 26 + 3 * patch, 4, 221);
  const dry = smooth(0.35, 0.7, patch);
  let colour: Vector = [
    mix(0.075, 0.21, dry) * (0.55 + 0.9 * grain),
    mix(0.115, 0.17, dry) * (0.55 + 0.9 * grain),
    mix(0.028, 0.055, dry) * (0.55 + 0.9 * grain),
  ];
  const stone = (0.5 + 0.5 * bed) * (0.65 + 0.7 * grain);
  const rocky = clamp(
    smooth(0.86, 0.72, normal[1] + 0.12 * (grain - 0.5)) + smooth(0.75, 1.25, y + 0.3 * (patch - 0.5)),
  );
  colour = blend(colour, [0.33 * stone, 0.275 * stone, 0.23 * stone], rocky);
  const beach = smooth(0.016, 0.004, y) * 0.8;
  colour = blend(colour, [0.3 * stone, 0.26 * stone, 0.2 * stone], beach);
  const under = 1 - 0.4 * forestDensity(terrain, x, z);
  const line = 0.9 + 0.55 * (fractal(x * 1.6, z * 1.6, 4, 231) - 0.5);
  const snow = smooth(line, line + 0.22, y) * smooth(0.55, 0.72, normal[1] + 0.18 * (grain - 0.5));
  return blend([colour[0] * under, colour[1] * under, colour[2] * under], [0.86, 0.89, 0.95], snow);
}

const blend = (a: Vector, b: Vector, t: number): Vector => [
  mix(a[0], b[0], t),
  mix(a[1], b[1], t),
  mix(a[2], b[2], t),
];

function landLight(terrain: Terrain, point: Vector, distance: number, tree: Tree): Vector {
  const [x, y, z] = point;
  const normal = normalAt(terrain, x, y, z, distance);
  let colour: Vector;
  let open = 0.75 + 0.25 * normal[1];
  if (tree.above > 0.0012) {
    const needles = noise(x * 2600, z * 2600 + y * 1700, 241);
    const tone = (0.55 + 0.6 * tree.kind) * (0.35 + 0.75 * tree.bough) * (0.55 + 0.95 * needles);
    const autumn = tree.kind > 0.93 ? 1 : 0;
    colour = autumn ? [0.3 * tone, 0.19 * tone, 0.035 * tone] : [0.062 * tone, 0.105 * tone, 0.036 * tone];
    open *= 0.3 + 0.7 * clamp(tree.above / tree.tall);
  } else colour = groundColour(terrain, x, y, z, normal);
  const facing = dot(normal, SUN);
  const wrap = tree.above > 0.0012 ? clamp(0.25 + 0.75 * facing) : clamp(facing);
  const sun = wrap > 0 ? wrap * sunReaching(terrain, point, distance) : 0;
  const bounce = 0.09 * clamp(0.5 - 0.5 * facing);
  return [
    colour[0] * (SUNLIGHT[0] * sun + open * 0.34 + bounce),
    colour[1] * (SUNLIGHT[1] * sun + open * 0.44 + bounce),
    colour[2] * (SUNLIGHT[2] * sun + open * 0.62 + bounce),
  ];
}

/** Air between the eye and a thing: it absorbs light and adds its own, more at low altitudes. */
function throughAir(light: Vector, distance: number, height: number, ray: Vector): Vector {
  const thick = distance * (0.026 + 0.028 * clamp(1 - height / 1.2));
  const a = thick / (1 + 0.5 * thick);
  const lost = clamp(a / (0.55 + a)) * 0.9;
  const air = skyLight([ray[0], 0.07, ray[2]], false);
  return [
    mix(light[0], air[0] * 0.9, lost * 0.86),
    mix(light[1], air[1] * 0.93, lost * 0.94),
    mix(light[2], air[2] * 1.08, lost),
  ];
}

/** Light that arrives at `eye` from direction `ray`, linear RGB. */
export function look(terrain: Terrain, eye: Vector, ray: Vector, mirrored = false): Vector {
  const tree: Tree = { above: 0, tall: 0, kind: 0, bough: 0 };
  const hit = march(terrain, eye, ray, tree);
  const toWater = ray[1] < 0 && !mirrored ? -eye[1] / ray[1] : FAR;
  if (toWater < FAR && (hit < 0 || toWater < hit))
    return throughAir(water(terrain, eye, ray, toWater), toWater, 0, ray);
  if (hit < 0) return skyLight(ray, true);
  const point: Vector = [eye[0] + hit * ray[0], eye[1] + hit * ray[1], eye[2] + hit * ray[2]];
  return throughAir(landLight(terrain, point, hit, tree), hit, point[1], ray);
}

/** The lake mirrors what is behind it; small waves blur it, shallow water shows the ground. */
function water(terrain: Terrain, eye: Vector, ray: Vector, t: number): Vector {
  const [x, z] = [eye[0] + t * ray[0], eye[2] + t * ray[2]];
  const calm = smooth(0.35, 0.65, fractal(x * 2.2, z * 1.1, 3, 301));
  const strength = mix(0.006, 0.03, calm);
  const wave = (seed: number): number => fractal(x * 130, z * 65, 3, seed) - 0.5;
  const normal = normalise([strength * wave(311), 1, 2.2 * strength * wave(321)]);
  const facing = dot(ray, normal);
  const mirror = normalise([
    ray[0] - 2 * facing * normal[0],
    Math.max(0.004, ray[1] - 2 * facing * normal[1]),
    ray[2] - 2 * facing * normal[2],
  ]);
  const seen = look(terrain, [x, 0.0005, z], mirror, true);
  const grazing = 1 + facing;
  const fresnel = 0.03 + 0.97 * grazing * grazing * grazing * grazing * grazing;
  const depth = clamp(-groundHeight(terrain, x, z, 0.012) / 0.05);
  const body = blend([0.16, 0.17, 0.12], [0.012, 0.05, 0.07], smooth(0, 1, depth));
  return blend(body, seen, clamp(fresnel * 1.25));
}
