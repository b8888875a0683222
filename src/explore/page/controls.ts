import { SAMPLES } from '../samples.js';
import { byId, choose, element } from './dom.js';
import type { State, View } from './state.js';

/** The groups of radio buttons, each named like the part of the state that it sets. */
const GROUPS = ['layout', 'basis', 'view'] as const;

/** The form: the settings, the view, the rank and the samples. */
export interface Controls {
  /** Sets all controls, except for the rank, to what is chosen. */
  setState(state: Readonly<State>): void;
  /** Sets what follows from the settings. */
  setSettings(state: Readonly<State>): void;
  setSample(sample: string | undefined): void;
  /** Sets the highest rank. */
  setColumns(columns: number): void;
  setRank(rank: number, columns: number): void;
}

/** Events of the form. */
export interface ControlEvents {
  onChoice(chosen: Partial<State>): void;
  onRank(rank: number): void;
  onSample(name: string): void;
}

export function createControls({ onChoice, onRank, onSample }: ControlEvents): Controls {
  const sample = byId<HTMLSelectElement>('sample');
  const quality = byId<HTMLInputElement>('quality');
  const rank = byId<HTMLInputElement>('rank');
  sample.append(
    element('option', { value: '', textContent: 'choose one' }),
    ...Object.entries(SAMPLES).map(([value, textContent]) => element('option', { value, textContent })),
  );
  for (const name of GROUPS)
    for (const input of document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`))
      input.addEventListener('change', () => onChoice({ [name]: input.value as View }));
  quality.addEventListener('input', () => onChoice({ quality: Number(quality.value) }));
  rank.addEventListener('input', () => onRank(Number(rank.value)));
  sample.addEventListener('change', () => sample.value && onSample(sample.value));
  byId('settings').addEventListener('submit', event => event.preventDefault());

  const setSample = (name: string | undefined): void => {
    sample.value = name ?? '';
  };
  return {
    setState(state) {
      for (const name of GROUPS) choose(name, state[name]);
      quality.value = String(state.quality);
      setSample(state.sample);
    },
    setSettings(state) {
      byId<HTMLFieldSetElement>('basis').disabled = state.layout === 'channel';
      byId('quality-value').textContent = String(state.quality);
    },
    setSample,
    setColumns(columns) {
      rank.max = String(columns);
    },
    setRank(to, columns) {
      const text = `${to} of ${columns}`;
      rank.value = String(to);
      rank.setAttribute('aria-valuetext', `rank ${text}`);
      byId('rank-value').textContent = text;
    },
  };
}
