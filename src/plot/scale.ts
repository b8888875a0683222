/** Maps the values of an axis to places: domain[0] to range[0], domain[1] to range[1]. */
export interface Scale {
  domain: [number, number];
  range: [number, number];
  /** Equal ratios have equal lengths, and the domain is positive. Default: equal differences have. */
  isLog?: boolean;
}

const share = (value: number, { domain: [low, high], isLog }: Scale): number =>
  isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);

/** The place of a value. */
export function placeOf(value: number, scale: Scale): number {
  const [from, to] = scale.range;
  return from + share(value, scale) * (to - from);
}

/** The value at a place: the inverse of `placeOf`. */
export function valueAt(place: number, { domain: [low, high], range: [from, to], isLog }: Scale): number {
  const part = (place - from) / (to - from);
  return isLog ? low * (high / low) ** part : low + part * (high - low);
}

/** Round numbers within a domain, about `count` of them: steps of 1, 2 or 5 times a power of ten. */
export function ticksOf([low, high]: readonly [number, number], count: number): number[] {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find(by => by * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Multiples are rounded once: 0.1 three times is not 0.3.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of a base within a domain: every one, or every second, third and so on, so that there are at most `most`. */
export function powersOf([low, high]: readonly [number, number], base: number, most: number): number[] {
  const first = Math.ceil(Math.log(low) / Math.log(base) - 1e-9);
  const last = Math.floor(Math.log(high) / Math.log(base) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / most));
  const out: number[] = [];
  for (let n = first; n <= last; n += every) out.push(base ** n);
  return out;
}
