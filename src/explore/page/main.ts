import type { Atom } from '../../spectra/dissection.js';
import { energyKept } from '../../spectra/energy-kept.js';
import type { AtomPictures, Encoded, Source } from '../protocol.js';
import { SAMPLES } from '../samples.js';
import { atomName, createAtomList, isSame } from './atoms.js';
import { showBlock } from './block-panel.js';
import { createBusy } from './busy.js';
import { drawCharts } from './charts.js';
import { createClient, Stopped } from './client.js';
import { byId, choose, element, save, showBitmap } from './dom.js';
import { showFigures } from './figures.js';
import { latest } from './latest.js';
import { channelName, decibels, percent } from './numbers.js';
import { fromHash, type State, toHash, type View, type Zoom } from './state.js';
import { createViewer } from './viewer.js';

/*
 * The page: what is chosen is `state`, what came of it `source`, `opened`, `encoded` and `shown`. Whatever changes goes one way: picture, file, what is
 * shown of it. One file on purpose, and not all of it short: these are the wires between the parts, and between two files they would be harder to follow.
 */

/** Files of larger pictures are made when they are asked for, not to count their bytes. */
const COUNTED_PIXELS = 1_500_000;
/** Milliseconds that settings must rest before the encoder starts, or the rank before bytes are counted. */
const REST = 350;
/** Milliseconds between the ranks of the play. */
const BEAT = 220;

let state: State = fromHash(location.hash);
let source: Source | undefined;
/** Its size, and the bytes of the samples of a pixel. */
let opened: { width: number; height: number; sampleBytes: number } | undefined;
let encoded: Encoded | undefined;
/** dB of what is shown. */
let shown: number | undefined;
let atoms: AtomPictures[] = [];
let psnrs = new Map<number, number>();
let counted = new Map<number, number>();
/** Of the encoder's runs: what an earlier one answers is not looked at. */
let run = 0;
let isEncoding = false;
let isOpenInWorker = false;

const client = createClient(notice => {
  psnrs.set(notice.rank, notice.psnr);
  drawCurves();
  if (notice.rank === rank() && state.without.length) drawFigures(rank());
});
const busy = createBusy(() => {
  stop();
  fail('Stopped. Change a setting, or open a picture, to start again.');
});
const viewer = createViewer(
  block => change({ block }),
  divider => remember({ divider }),
);
const list = createAtomList(toggleAtom, channel => change({ channel }));

const rank = (): number => Math.min(state.rank ?? Number.POSITIVE_INFINITY, encoded?.columns ?? 64);
const isCurrent = (of: number): boolean => of === run && encoded !== undefined;

// ---- picture -> file ----

/** Opens a picture and encodes it. */
async function open(from: Source): Promise<void> {
  source = from;
  opened = undefined;
  isOpenInWorker = false;
  await encode();
}

/** Opens the picture if a worker has not got it, and encodes it. */
async function encode(): Promise<void> {
  if (!source) return;
  // A busy encoder cannot be told to stop: its worker is ended.
  if (isEncoding) stop();
  const from = source;
  const own = ++run;
  isEncoding = true;
  encoded = undefined;
  shown = undefined;
  setBusy(true);
  fail('');
  busy.start(`Opening ${from.name},`);
  try {
    if (!opened || !isOpenInWorker) {
      const picture = await client.call('open', from);
      if (own !== run) return;
      isOpenInWorker = true;
      const { bitmap, channels, bitDepth } = picture;
      const { width, height } = bitmap;
      if (opened) bitmap.close();
      else viewer.setOriginal(bitmap, from.name);
      opened = { width, height, sampleBytes: channels * (bitDepth / 8) };
    }
    const { width, height } = opened;
    busy.start(`Encoding ${width} x ${height} pixels,`);
    const made = await client.call('encode', settingsOf(state));
    if (own !== run) return;
    encoded = made;
    psnrs = new Map();
    counted = new Map([[made.columns, made.bytes]]);
    isEncoding = false;
    state.without = state.without.filter(({ channel }) => channel < made.channels.length);
    state.channel = Math.min(state.channel, made.channels.length - 1);
    byId<HTMLInputElement>('rank').max = String(made.columns);
    viewer.setFile(made);
    drawPicture();
    atoms = await client.call('atoms');
    if (own !== run) return;
    list.setFile(made, atoms);
    list.setChannel(state.channel);
    list.setOut(state.without, rank());
    drawBlock();
    showCarried(state.without.at(-1));
  } catch (error) {
    if (own !== run || error instanceof Stopped) return;
    isEncoding = false;
    fail(error instanceof Error ? error.message : String(error));
  } finally {
    if (own === run) {
      busy.end();
      setBusy(isEncoding || !encoded);
    }
  }
}
/** Ends the encoder; the next run opens the picture anew. */
function stop(): void {
  run++;
  isEncoding = false;
  isOpenInWorker = false;
  client.stop();
  busy.end();
}

const settingsOf = ({ layout, basis, quality }: State) => ({ layout, basis, quality });

let encodeTimer: ReturnType<typeof setTimeout> | undefined;
function encodeSoon(): void {
  clearTimeout(encodeTimer);
  encodeTimer = setTimeout(encode, REST);
}

// ---- file -> what is shown ----

const drawPicture = latest(async () => {
  const own = run;
  if (!encoded) return;
  const at = rank();
  const kind = state.view === 'difference' ? 'difference' : 'decoded';
  const without = state.without;
  try {
    const picture = await client.call('show', { rank: at, without, kind });
    if (!isCurrent(own)) return;
    shown = picture.psnr;
    if (!without.length) psnrs.set(at, picture.psnr);
    viewer.setDecoded(
      picture.bitmap,
      `${kind === 'decoded' ? 'Decoded' : 'Difference'} at rank ${at}: ${decibels(picture.psnr)}`,
    );
    drawFigures(at);
    drawCurves();
    drawBlock();
    countSoon();
  } catch (error) {
    if (!(error instanceof Stopped)) fail(String(error));
  }
});

function drawFigures(at: number): void {
  if (!encoded || shown === undefined || !opened) return;
  document.body.dataset.rank = String(at);
  byId('rank-value').textContent = String(at);
  const input = byId<HTMLInputElement>('rank');
  input.value = String(at);
  input.setAttribute('aria-valuetext', `rank ${at} of ${encoded.columns}`);
  const bytes = counted.get(at);
  showFigures(
    {
      rank: at,
      bytes: bytes ?? encoded.sizes[at - 1]!,
      isCounted: bytes !== undefined,
      psnr: shown,
      out: state.without.length,
      whole: psnrs.get(at),
    },
    encoded,
    opened,
  );
  list.setOut(state.without, at);
  byId('restore').hidden = state.without.length === 0;
}

let curvesFrame = 0;
function drawCurves(): void {
  cancelAnimationFrame(curvesFrame);
  curvesFrame = requestAnimationFrame(() => {
    if (!encoded) return;
    drawCharts(encoded, psnrs, rank());
    const { channels } = encoded;
    const shares = channels.map(
      (of, c) => `${channelName(c, channels.length)} ${percent(energyKept([of], rank()))}`,
    );
    byId('energy').textContent =
      `Energy kept, the sum of the squares up to rank ${rank()}: ${shares.join(', ')}.`;
  });
}

/** Counts the bytes of a file of this rank, once the rank rests. */
let countTimer: ReturnType<typeof setTimeout> | undefined;
function countSoon(): void {
  clearTimeout(countTimer);
  countTimer = setTimeout(async () => {
    const own = run;
    const at = rank();
    if (!encoded || !opened || counted.has(at)) return;
    if (opened.width * opened.height > COUNTED_PIXELS || player) return;
    const file = await client.call('file', at).catch(() => undefined);
    if (file && isCurrent(own)) count(at, file.length);
  }, REST);
}

function count(at: number, bytes: number): void {
  counted.set(at, bytes);
  encoded!.sizes[at - 1] = bytes;
  drawCurves();
  if (at === rank()) drawFigures(at);
}

const drawBlock = latest(async () => {
  const own = run;
  const { block } = state;
  if (!encoded || block === undefined || block >= encoded.grid.cols * encoded.grid.rows) {
    showBlock(undefined, encoded, atoms);
    return;
  }
  const details = await client.call('block', block, rank()).catch(() => undefined);
  if (details && isCurrent(own)) showBlock(details, encoded, atoms);
});

// ---- atoms ----

function toggleAtom(atom: Atom): void {
  const isOut = state.without.some(other => isSame(other, atom));
  const without = isOut ? state.without.filter(other => !isSame(other, atom)) : [...state.without, atom];
  change({ without });
  showCarried(isOut ? without.at(-1) : atom);
}

/** Shows what an atom that is out carried; nothing where none is. */
async function showCarried(atom: Atom | undefined): Promise<void> {
  const own = run;
  byId('taken').hidden = atom === undefined;
  if (!atom || !encoded) return;
  const answer = await client.call('carried', atom).catch(() => undefined);
  if (!answer || !isCurrent(own)) return;
  const canvas = byId<HTMLCanvasElement>('carried');
  showBitmap(canvas, answer.bitmap);
  const name = atomName(atom, encoded.channels.length);
  canvas.setAttribute('aria-label', `What ${name} carries`);
  const { energies, energy } = encoded.channels[atom.channel]!;
  const times = answer.gain > 1 ? `, ${answer.gain.toFixed(1)} times as strong as in the picture` : '';
  byId('carried-text').textContent =
    `Taken out: ${name}. This is what it carried, on middle grey${times}: ${percent((energies[atom.column] ?? 0) / (energy || 1))} of its channel\u2019s energy.`;
}

// ---- what is chosen ----

/** Takes a change and does what follows from it. */
function change(by: Partial<State>): void {
  const before = state;
  remember(by);
  const changed = (name: keyof State): boolean => name in by && before[name] !== state[name];
  if (changed('layout') || changed('basis') || changed('quality')) encodeSoon();
  if (changed('rank') || changed('without') || changed('view')) drawPicture();
  if (changed('view')) viewer.setView(state.view);
  if (changed('zoom')) viewer.setZoom(state.zoom);
  if (changed('channel')) list.setChannel(state.channel);
  if (changed('block')) drawBlock();
  byId<HTMLFieldSetElement>('basis').disabled = state.layout === 'channel';
  byId('quality-value').textContent = String(state.quality);
}

/** Takes a change that nothing follows from, but that the link is another. */
let hashTimer: ReturnType<typeof setTimeout> | undefined;
function remember(by: Partial<State>): void {
  state = { ...state, ...by };
  clearTimeout(hashTimer);
  // Browsers refuse to be told too often.
  hashTimer = setTimeout(writeHash, 150);
}
function writeHash(): void {
  const hash = toHash(state);
  history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
}

/** Puts the state into the controls. */
function putControls(): void {
  for (const name of ['layout', 'basis', 'view'] as const) choose(name, state[name]);
  byId<HTMLInputElement>('quality').value = String(state.quality);
  byId<HTMLSelectElement>('zoom').value = state.zoom;
  byId<HTMLSelectElement>('sample').value = state.sample ?? '';
  viewer.setView(state.view);
  viewer.setZoom(state.zoom);
  viewer.setDivider(state.divider);
  viewer.setBlock(state.block);
  change({});
}

function setBusy(is: boolean): void {
  document.body.dataset.state = is ? 'busy' : 'ready';
  byId('viewer').setAttribute('aria-busy', String(is));
  for (const id of ['rank', 'play', 'save-lrk', 'save-png']) byId<HTMLButtonElement>(id).disabled = is;
}

function fail(message: string): void {
  byId('error').hidden = message === '';
  byId('error').textContent = message;
}

let player: ReturnType<typeof setTimeout> | undefined;
/** Shows rank after rank, from this one or from the first; the higher they are the fewer. Where it is at it already, it stops. */
function play(): void {
  if (player || !encoded) {
    endPlay();
    return;
  }
  const next = (): void => {
    if (!encoded || rank() >= encoded.columns) {
      endPlay();
      return;
    }
    goToRank(Math.min(encoded.columns, Math.max(rank() + 1, Math.round(rank() * 1.12))));
    player = setTimeout(next, BEAT);
  };
  if (rank() >= encoded.columns) goToRank(1);
  byId('play').textContent = 'Pause';
  byId('play').setAttribute('aria-pressed', 'true');
  player = setTimeout(next, BEAT);
}
function endPlay(): void {
  clearTimeout(player);
  player = undefined;
  byId('play').textContent = 'Play';
  byId('play').setAttribute('aria-pressed', 'false');
  countSoon();
}

/** The highest rank is that of whatever file comes. */
const goToRank = (to: number): void => change({ rank: to === encoded?.columns ? undefined : to });

// ---- what the user does ----

const pictureName = (): string => (source?.name ?? 'picture').replace(/\.[^.]*$/, '');

async function saveLrk(): Promise<void> {
  const at = rank();
  busy.start(`Writing a file of rank ${at},`);
  try {
    const file = await client.call('file', at);
    save(`${pictureName()}-rank-${at}.lrk`, new Blob([file], { type: 'application/octet-stream' }));
    if (encoded) count(at, file.length);
  } catch (error) {
    if (!(error instanceof Stopped)) fail(String(error));
  } finally {
    busy.end();
  }
}

async function savePng(): Promise<void> {
  const at = rank();
  const { bitmap } = await client.call('show', { rank: at, without: state.without, kind: 'decoded' });
  // WebKit makes no file of a canvas that a bitmap was moved to: it is drawn.
  const canvas = element('canvas', { width: bitmap.width, height: bitmap.height });
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
  bitmap.close();
  canvas.toBlob(blob => blob && save(`${pictureName()}-rank-${at}.png`, blob));
}

async function copyLink(): Promise<void> {
  writeHash();
  const said = await navigator.clipboard.writeText(location.href).then(
    () => 'Copied.',
    () => 'The link is in the address bar.',
  );
  byId('copied').textContent = said + (state.sample ? '' : ' It keeps the settings, not the picture.');
}

function openBlob(name: string, blob: Blob): void {
  change({ sample: undefined, without: [], block: undefined, rank: undefined });
  putControls();
  void open({ kind: 'file', name, blob });
}

function openSample(name: string): void {
  void open({ kind: 'address', name: `${name}.png`, url: `samples/${name}.png` });
}

const onChange = (id: string, then: (value: string) => void, type = 'change'): void =>
  byId<HTMLInputElement>(id).addEventListener(type, event => then((event.target as HTMLInputElement).value));

function listen(): void {
  for (const name of ['layout', 'basis', 'view'] as const)
    for (const input of document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`))
      input.addEventListener('change', () => change({ [name]: input.value as View }));
  onChange('quality', value => change({ quality: Number(value) }), 'input');
  onChange('rank', value => goToRank(Number(value)), 'input');
  onChange('zoom', value => change({ zoom: value as Zoom }));
  onChange('sample', value => {
    if (!value) return;
    change({ sample: value, without: [], block: undefined, rank: undefined });
    viewer.setBlock(undefined);
    openSample(value);
  });
  byId<HTMLInputElement>('file').addEventListener('change', ({ target }) => {
    const [file] = (target as HTMLInputElement).files ?? [];
    if (file) openBlob(file.name, file);
    (target as HTMLInputElement).value = '';
  });
  byId('play').addEventListener('click', play);
  byId('restore').addEventListener('click', () => {
    change({ without: [] });
    byId('taken').hidden = true;
  });
  byId('save-lrk').addEventListener('click', saveLrk);
  byId('save-png').addEventListener('click', savePng);
  byId('copy').addEventListener('click', copyLink);
  byId('settings').addEventListener('submit', event => event.preventDefault());
  addEventListener('resize', drawCurves);
  addEventListener('hashchange', () => {
    const before = state;
    state = fromHash(location.hash);
    putControls();
    if (state.sample && state.sample !== before.sample) openSample(state.sample);
    else if (JSON.stringify(settingsOf(state)) !== JSON.stringify(settingsOf(before))) encodeSoon();
    else drawPicture();
  });
  for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const)
    addEventListener(type, event => {
      event.preventDefault();
      document.body.classList.toggle('dropping', type === 'dragenter' || type === 'dragover');
      const file = type === 'drop' ? event.dataTransfer?.files[0] : undefined;
      if (file) openBlob(file.name, file);
    });
  addEventListener('paste', event => {
    const file = event.clipboardData?.files[0];
    if (file) openBlob(file.name || 'pasted', file);
  });
}

/** The picture that `lowrank explore` was started with, else the sample of the link. */
function begin(): void {
  byId('sample').append(
    element('option', { value: '', textContent: 'choose one' }),
    ...Object.entries(SAMPLES).map(([value, textContent]) => element('option', { value, textContent })),
  );
  listen();
  const given = new URLSearchParams(location.search).get('picture');
  if (given !== null && !new URLSearchParams(location.hash.slice(1)).get('sample')) state.sample = undefined;
  putControls();
  setBusy(true);
  if (given !== null && !state.sample) void open({ kind: 'samples', name: given, url: 'picture' });
  else openSample(state.sample ?? Object.keys(SAMPLES)[0]!);
}

begin();
