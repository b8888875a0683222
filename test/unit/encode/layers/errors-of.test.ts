import { describe, expect, it } from 'vitest';
import { random } from '../../../../src/algebra/random.js';
import { colourBasis } from '../../../../src/colour/basis.js';
import { fromChannels, toChannels } from '../../../../src/colour/channels.js';
import { errorsOf } from '../../../../src/encode/layers/errors-of.js';
import { mse } from '../../../../src/metrics/mse.js';
import { emptyCells } from '../../../../src/tiles/cells.js';
import { ABOVE, placeOf, SIDE, type Tiles } from '../../../../src/tiles/model.js';
import { paintTiles } from '../../../../src/tiles/paint.js';
import { draw } from '../../../properties/codec-rasters.js';

const WIDTH = 29;
const HEIGHT = 21;
const basis = colourBasis([40, -25, 9]);

/** Every other cell exact, with random colours. */
function tiles(channels: 1 | 2 | 3 | 4): Tiles {
  const next = random(5);
  const cells = emptyCells(WIDTH, HEIGHT);
  cells.exact.forEach((_, b) => {
    cells.exact[b] = b % 2;
  });
  const stride = WIDTH + 2 * SIDE;
  const colours = new Int32Array(stride * (HEIGHT + ABOVE));
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++)
      colours[placeOf(x, y, stride)] = channels === 4 ? next() * 2 ** 32 : next() * 2 ** (8 * channels);
  return { cells, channels, colours, stride };
}

describe('The errors of decoded channels', () => {
  it.each([
    [1, 8, false],
    [2, 8, true],
    [3, 8, false],
    [3, 8, true],
    [3, 16, false],
    [4, 8, true],
    [4, 16, false],
  ] as const)('are those of the raster they make: %d channels, %d bits, exact cells %s', (channels, bits, painted) => {
    const raster = draw(WIDTH, HEIGHT, channels, bits, 'photo');
    const next = random(9);
    const planes = toChannels(raster, basis);
    for (const { data } of planes) for (let i = 0; i < data.length; i++) data[i]! += 60 * (next() - 0.5);
    const cells = painted ? tiles(channels) : undefined;
    const data = fromChannels(planes, basis, raster, false);
    if (cells) paintTiles(data, WIDTH, channels, cells);
    const { colour, alpha } = mse(raster, { ...raster, data });
    expect(colour).toBeGreaterThan(0);
    expect(errorsOf(raster, planes, basis, cells)).toEqual(
      alpha === undefined ? { colour } : { colour, alpha },
    );
  });
});
