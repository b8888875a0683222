import { colourCount, type Raster } from '../core/raster.js';
import { checkPair } from './check-pair.js';

/** Mean squared errors in squared sample units: 0 to 255^2, or to 65,535^2 at 16 bits. */
export interface Mse {
  /** Over all colour (or grey) samples. */
  colour: number;
  /** Over the alpha samples, where there are any. */
  alpha?: number;
  /** One for each channel of the raster, alpha last. */
  channels: number[];
}

/**
 * Mean squared errors between two rasters that agree in all but their samples; throws RASTER where they do
 * not.
 */
export function mse(a: Raster, b: Raster): Mse {
  checkPair(a, b);
  const { channels: count } = a;
  const pixels = a.width * a.height;
  const colours = colourCount(count);
  const channels: number[] = [];
  let colour = 0;
  for (let c = 0; c < count; c++) {
    // Exact for pictures up to 2^53 / 65,025 samples at 8 bits, rounded in the last place beyond that.
    let sum = 0;
    for (let i = c; i < a.data.length; i += count) {
      const d = a.data[i]! - b.data[i]!;
      sum += d * d;
    }
    channels.push(sum / pixels);
    if (c < colours) colour += sum;
  }
  const result: Mse = { colour: colour / (pixels * colours), channels };
  if (colours < count) result.alpha = channels[colours]!;
  return result;
}
