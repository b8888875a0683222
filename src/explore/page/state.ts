import type { Atom } from '../../spectra/dissection.js';
import type { Settings } from '../protocol.js';
import { FIRST_SAMPLE, SAMPLES } from '../samples.js';

const VIEWS = ['split', 'decoded', 'original', 'difference', 'bits', 'rank'] as const;
export type View = (typeof VIEWS)[number];
export const TABS = ['patterns', 'block', 'curves', 'made'] as const;
export type Tab = (typeof TABS)[number];

/** The visible part of the picture: screen pixels a pixel, and the pixel in the middle. */
export interface Place {
  scale: number;
  x: number;
  y: number;
}

/** Everything that the page shows of a picture, and that a link restores. */
export interface State extends Settings {
  /** Undefined for a picture that is not a sample. */
  sample: string | undefined;
  /** Undefined: the highest. */
  rank: number | undefined;
  view: View;
  tab: Tab;
  /** Undefined: all of it. */
  place: Place | undefined;
  /** The channel whose atoms are shown. */
  channel: number;
  without: Atom[];
  /** Undefined: none is shown. */
  block: number | undefined;
  /** Position in the visible width, 0 to 1. */
  divider: number;
  /** Step of the tour, from 1; 0 before it. */
  step: number;
}

const DEFAULTS: State = {
  sample: FIRST_SAMPLE,
  layout: 'block',
  basis: 'auto',
  quality: 75,
  rank: undefined,
  view: 'split',
  tab: 'patterns',
  place: undefined,
  channel: 0,
  without: [],
  block: undefined,
  divider: 0.5,
  step: 0,
};

/** The part of the state that decides what file is made. */
export const settingsOf = ({ layout, basis, quality }: Readonly<State>): Settings => ({
  layout,
  basis,
  quality,
});

/** The part of a link after '#': all differences from the defaults. */
export function toHash(state: State): string {
  const texts = textsOf(state);
  const usual = textsOf(DEFAULTS);
  const params = new URLSearchParams();
  for (const [name, text] of Object.entries(texts)) if (text !== usual[name]) params.set(name, text);
  return params.toString();
}

const textsOf = (state: State): Record<string, string> => ({
  sample: state.sample ?? '',
  layout: state.layout,
  basis: state.basis,
  quality: String(state.quality),
  rank: String(state.rank ?? ''),
  view: state.view,
  tab: state.tab,
  zoom: state.place
    ? `${state.place.scale.toFixed(2)} ${Math.round(state.place.x)} ${Math.round(state.place.y)}`
    : '',
  channel: String(state.channel + 1),
  without: state.without.map(({ channel, column }) => `${channel + 1}.${column + 1}`).join(' '),
  block: String(state.block ?? ''),
  divider: state.divider.toFixed(2),
  step: String(state.step),
});

/** The state in a link; what it leaves out, or has wrong, is as by default. */
export function fromHash(hash: string): State {
  const params = new URLSearchParams(hash.replace(/^#/, ''));
  const oneOf = <T extends string>(name: string, values: readonly T[], usual: T): T =>
    values.find(value => value === params.get(name)) ?? usual;
  const integer = (name: string, least: number, most: number): number | undefined => {
    const text = params.get(name) ?? '';
    const value = Number(text);
    return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
  };
  const divider = Number(params.get('divider') ?? DEFAULTS.divider);
  const sample = params.get('sample') ?? FIRST_SAMPLE;
  return {
    sample: Object.hasOwn(SAMPLES, sample) ? sample : sample === '' ? undefined : FIRST_SAMPLE,
    layout: oneOf('layout', ['block', 'channel'], DEFAULTS.layout),
    basis: oneOf('basis', ['auto', 'svd', 'dct'], DEFAULTS.basis),
    quality: integer('quality', 0, 100) ?? DEFAULTS.quality,
    rank: integer('rank', 1, 65_535),
    view: oneOf('view', VIEWS, DEFAULTS.view),
    tab: oneOf('tab', TABS, DEFAULTS.tab),
    place: placeOf(params.get('zoom') ?? ''),
    channel: (integer('channel', 1, 4) ?? 1) - 1,
    without: (params.get('without') ?? '').split(' ').flatMap(text => {
      const [, channel, column] = /^([1-4])\.([1-9]\d{0,4})$/.exec(text) ?? [];
      return channel ? [{ channel: Number(channel) - 1, column: Number(column) - 1 }] : [];
    }),
    block: integer('block', 0, 2 ** 26),
    divider: divider >= 0 && divider <= 1 ? divider : DEFAULTS.divider,
    step: integer('step', 0, 6) ?? 0,
  };
}

function placeOf(text: string): Place | undefined {
  const [, scale, x, y] = /^(\d{1,2}\.\d\d) (\d{1,5}) (\d{1,5})$/.exec(text) ?? [];
  return scale && Number(scale) > 0 ? { scale: Number(scale), x: Number(x), y: Number(y) } : undefined;
}
