import type { Atom } from '../../spectra/dissection.js';
import { energyKept } from '../../spectra/energy-kept.js';
import type { AtomPictures, Opened, Parts, Source, Wanted } from '../protocol.js';
import { SAMPLES } from '../samples.js';
import { atomName, createAtomList, isSame } from './atoms.js';
import { showBlock } from './block-panel.js';
import { drawCharts } from './charts.js';
import { Stopped } from './client.js';
import { byId, choose, element, save, showBitmap } from './dom.js';
import { showFigures } from './figures.js';
import { latest } from './latest.js';
import { createMaking } from './making.js';
import { channelName, decibels, integer, percent } from './numbers.js';
import { createPlayer } from './player.js';
import { createProgressLine } from './progress-line.js';
import { drawRow } from './row-chart.js';
import { fromHash, type State, toHash, type View } from './state.js';
import { createStrip } from './strip.js';
import { createTabs } from './tabs.js';
import { createTour } from './tour.js';
import { createViewer } from './viewer.js';
import { explainWords } from './words.js';

/*
 * The page. `state` holds what is chosen; `opened`, `parts` and `shown` hold what follows from it. Every change goes one way: picture, then
 * factors, then what is shown of them. One long file on purpose: it wires the parts of the page together, which would be harder to follow
 * in two files.
 */

/** Files of larger pictures are only made on request, not to count their bytes. */
const COUNTED_PIXELS = 1_100_000;
/** Milliseconds that settings must rest before the encoder starts, and the rank before bytes are counted. */
const REST = 350;
/** Milliseconds that rank 1 is shown before it plays. */
const FIRST_LOOK = 1100;

let state: State = fromHash(location.hash);
/** Does the page still have to play once, from the first rank to the last? */
let playsOnce = !new URLSearchParams(location.hash.slice(1)).has('rank') && state.step === 0;
let source: Source | undefined;
/** A picture that is being opened: its sample, if it is one. Choices of the picture before are reset when it opens. */
let fresh: { sample: string | undefined } | undefined;
/** Size of the open picture, and bytes of a pixel's samples. */
let opened: { width: number; height: number; sampleBytes: number } | undefined;
let parts: Parts | undefined;
/** Number of the present factors: answers about earlier ones are ignored. */
let generation = 0;
/** Are these the last factors, with no better ones on their way? */
let isFinal = false;
/** PSNR of what is shown in dB; until it is computed, of what was shown before. */
let shown: number | undefined;
let atoms: AtomPictures[] = [];
let psnrs = new Map<number, number>();
let counted = new Map<number, number>();
/** The pattern under the pointer: the picture is shown without it. */
let preview: Atom | undefined;
/** The row of pixels under the pointer. */
let row: number | undefined;

const rank = (): number => Math.min(state.rank ?? Number.POSITIVE_INFINITY, parts?.columns ?? 64);
const settings = () => ({ layout: state.layout, basis: state.basis, quality: state.quality });
const isReduced = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

const making = createMaking({
  onOpened,
  onParts,
  onWork(text) {
    setBusy(true);
    progress.start(text);
  },
  onRest() {
    isFinal = true;
    setBusy(false);
    progress.end(restingText());
    byId('make').hidden = parts === undefined || parts.file !== undefined;
  },
  onError(message) {
    fail(message);
    // A sample that could not be opened is not the one that is shown.
    byId<HTMLSelectElement>('sample').value = state.sample ?? '';
  },
  onPoint({ rank: at, psnr }) {
    psnrs.set(at, psnr);
    drawCurves();
    if (at === rank() && state.without.length) drawFigures(at);
  },
});
const progress = createProgressLine(() => {
  making.stop();
  if (!parts) fail('Stopped. Open a picture to start again.');
});
const viewer = createViewer({
  onBlock(block, isChosen) {
    if (isChosen || state.tab === 'block') change({ block, ...(isChosen && { tab: 'block' as const }) });
  },
  onDivider: divider => remember({ divider }),
  onPlace: place => remember({ place }),
  onRow(to) {
    row = to;
    drawRowCurve();
  },
});
const patternEvents = { onToggle: toggleAtom, onPreview: previewWithout };
const list = createAtomList(patternEvents, channel => change({ channel }));
const strip = createStrip(patternEvents);
const showTab = createTabs(tab => change({ tab }));
const player = createPlayer({
  rank,
  // For a whole picture, a few patterns come first, and more while these play.
  last: () => (isFinal || parts?.layout === 'block' ? (parts?.columns ?? 1) : Number.POSITIVE_INFINITY),
  onRank: goToRank,
  onEnd: countSoon,
});
const tour = createTour({
  onStep(step, by, playTo) {
    player.stop();
    playsOnce = false;
    change({ ...by, step });
    putControls();
    viewer.setRow(tour.wantsRow() ? middleRow() : undefined);
    if (playTo !== undefined) startPlay(1, playTo);
    drawRowCurve();
    drawCurves();
  },
});

// ---- picture -> factors ----

/** Opens a picture; `anew`: nothing of the one before it is chosen, and it plays once. Until it is there, the one before is what is shown. */
function open(from: Source, isWhole = false, anew?: { sample: string | undefined }): void {
  fresh = anew;
  fail('');
  player.stop();
  void making.open(from, isWhole, settings);
}

function onOpened({ bitmap, channels, bitDepth, whole }: Opened, from: Source): void {
  const { width, height } = bitmap;
  source = from;
  opened = { width, height, sampleBytes: channels * (bitDepth / 8) };
  parts = undefined;
  shown = undefined;
  atoms = [];
  generation++;
  viewer.setParts(undefined);
  viewer.setOriginal(bitmap, from.name, whole);
  row = undefined;
  if (fresh) {
    playsOnce = true;
    change({ ...fresh, without: [], block: undefined, rank: undefined, place: undefined });
    putControls();
    fresh = undefined;
  }
  const full = byId('full');
  full.hidden = whole.width === width && whole.height === height;
  full.textContent = `Use all ${integer(whole.width)} x ${integer(whole.height)} pixels`;
  if (playsOnce) state.rank = 1;
}

function onParts(made: Parts, isLast: boolean): void {
  isFinal = isLast;
  const isFirst = parts === undefined;
  const ownGeneration = ++generation;
  document.body.dataset.generation = String(ownGeneration);
  parts = made;
  psnrs = new Map();
  counted = new Map(made.file ? [[made.columns, made.file.bytes]] : []);
  state.without = state.without.filter(({ channel }) => channel < made.channels.length);
  state.channel = Math.min(state.channel, made.channels.length - 1);
  byId<HTMLInputElement>('rank').max = String(made.columns);
  viewer.setParts(made);
  drawPicture();
  if (isFirst && playsOnce) {
    playsOnce = false;
    if (!isReduced()) setTimeout(() => startPlay(1, Number.POSITIVE_INFINITY), FIRST_LOOK);
  }
  making.ask('atoms').then(
    pictures => {
      if (ownGeneration !== generation) return;
      atoms = pictures;
      list.setParts(made, atoms);
      list.setChannel(state.channel);
      strip.setTerms(made, atoms, state.channel);
      drawOut();
      drawBlock();
      showCarried(preview ?? state.without.at(-1));
      updateTour();
    },
    () => {},
  );
}

function restingText(): string {
  if (!parts || !opened) return '';
  const { width, height } = opened;
  const size = `${integer(width)} x ${integer(height)} pixels`;
  if (parts.file)
    return `${size}. What is shown is decoded from a file of ${integer(parts.file.bytes)} bytes.`;
  return `${size}. These are the picture\u2019s own patterns, before anything is coded.`;
}

let makeTimer: ReturnType<typeof setTimeout> | undefined;
function makeSoon(after: number): void {
  clearTimeout(makeTimer);
  setBusy(true);
  makeTimer = setTimeout(() => void making.make(settings()), after);
}

// ---- factors -> what is shown ----

const drawPicture = latest(async () => {
  const ownGeneration = generation;
  if (!parts) return;
  const at = rank();
  const kind = state.view === 'difference' ? 'difference' : 'decoded';
  const out = preview && preview.column < at ? preview : undefined;
  const without =
    out && !state.without.some(atom => isSame(atom, out)) ? [...state.without, out] : state.without;
  const wanted: Wanted = { rank: at, without, kind };
  try {
    const { bitmap, psnr } = await making.ask('show', wanted);
    if (ownGeneration !== generation || !parts) return;
    const isPreview = without !== state.without;
    const label = `${kind === 'decoded' ? 'Decoded' : 'Difference'} at rank ${at}`;
    const measured = (now: number): void => {
      viewer.setLabel(`${label}: ${decibels(now)}`);
      if (isPreview) showPreview(out!, now);
      else {
        shown = now;
        if (!without.length) psnrs.set(at, now);
      }
    };
    viewer.setDecoded(bitmap, label);
    if (psnr !== undefined) measured(psnr);
    else void measure(wanted, measured, isPreview);
    if (isPreview) return;
    byId('preview').hidden = true;
    drawFigures(at, psnr !== undefined);
    drawCurves();
    drawBlock();
    drawRowCurve();
    if (player.isPlaying() && !without.length) showCarried(undefined);
    updateTour();
    countSoon();
  } catch (error) {
    if (!(error instanceof Stopped)) fail(String(error));
  }
});

/** Measures the PSNR of a picture once it is shown. */
async function measure(wanted: Wanted, then: (psnr: number) => void, isPreview: boolean): Promise<void> {
  const ownGeneration = generation;
  const psnr = await making.ask('measure', wanted).catch(() => undefined);
  if (psnr === undefined || ownGeneration !== generation || !parts) return;
  then(psnr);
  if (isPreview) return;
  drawFigures(wanted.rank);
  drawCurves();
  updateTour();
}

/** Shows the figures of the picture at a rank; `isMeasured`: its PSNR is known. */
function drawFigures(at: number, isMeasured = true): void {
  if (!parts || !opened) return;
  document.body.dataset.rank = String(at);
  if (isMeasured) document.body.dataset.shown = String(generation);
  else delete document.body.dataset.shown;
  byId('rank-value').textContent = `${at} of ${parts.columns}`;
  const input = byId<HTMLInputElement>('rank');
  input.value = String(at);
  input.setAttribute('aria-valuetext', `rank ${at} of ${parts.columns}`);
  byId('tag-right').dataset.rank = String(at);
  const bytes = counted.get(at);
  showFigures(
    {
      rank: at,
      bytes: bytes ?? parts.file?.sizes[at - 1],
      isCounted: bytes !== undefined,
      psnr: shown,
      out: state.without.length,
      whole: isMeasured ? psnrs.get(at) : undefined,
    },
    parts,
    opened,
  );
  drawOut();
}

function drawOut(): void {
  list.setOut(state.without, rank());
  strip.setRank(rank(), state.without);
  byId('restore').hidden = state.without.length === 0;
}

let curvesFrame = 0;
function drawCurves(): void {
  cancelAnimationFrame(curvesFrame);
  curvesFrame = requestAnimationFrame(() => {
    if (!parts || state.tab !== 'curves') return;
    drawCharts(parts, psnrs, rank(), to => {
      player.stop();
      goToRank(Math.min(to, parts?.columns ?? to));
    });
    const { channels } = parts;
    const shares = channels.map(
      (summary, c) => `${channelName(c, channels.length)} ${percent(energyKept([summary], rank()))}`,
    );
    byId('energy').textContent = `Energy kept up to rank ${rank()}: ${shares.join(', ')}.`;
  });
}

let countTimer: ReturnType<typeof setTimeout> | undefined;
/** Counts the bytes of a file of this rank, once the rank rests. */
function countSoon(): void {
  clearTimeout(countTimer);
  countTimer = setTimeout(async () => {
    const ownGeneration = generation;
    const at = rank();
    if (!preview && !state.without.length && !player.isPlaying()) showCarried(undefined);
    if (!parts?.file || !opened || counted.has(at)) return;
    if (opened.width * opened.height > COUNTED_PIXELS || player.isPlaying()) return;
    const bytes = await making.count(at, settings()).catch(() => undefined);
    if (bytes && ownGeneration === generation) count(at, bytes);
  }, REST);
}

function count(at: number, bytes: number): void {
  counted.set(at, bytes);
  if (parts?.file) parts.file.sizes[at - 1] = bytes;
  drawCurves();
  if (at === rank()) drawFigures(at);
}

const drawBlock = latest(async () => {
  const ownGeneration = generation;
  const { block } = state;
  if (!parts || state.tab !== 'block') return;
  if (block === undefined || block >= parts.grid.cols * parts.grid.rows) {
    showBlock(undefined, parts, atoms);
    return;
  }
  const details = await making.ask('block', block, rank()).catch(() => undefined);
  if (details && ownGeneration === generation) showBlock(details, parts, atoms);
});

const middleRow = (): number => Math.floor((opened?.height ?? 1) / 2);
const drawRowCurve = latest(async () => {
  if (!parts || !tour.wantsRow()) return;
  const at = row ?? middleRow();
  viewer.setRow(at);
  const profile = await making.ask('row', at).catch(() => undefined);
  if (profile && tour.wantsRow()) drawRow(tour.figure(), profile, at);
});

function updateTour(): void {
  if (parts && opened)
    tour.update({ parts, rank: rank(), atoms, width: opened.width, height: opened.height });
}

// ---- patterns ----

function toggleAtom(atom: Atom): void {
  const isOut = state.without.some(other => isSame(other, atom));
  const without = isOut ? state.without.filter(other => !isSame(other, atom)) : [...state.without, atom];
  preview = undefined;
  change({ without });
  showCarried(isOut ? without.at(-1) : atom);
}

function previewWithout(atom: Atom | undefined): void {
  if (!atom && !preview) return;
  preview = atom;
  drawPicture();
  showCarried(atom ?? state.without.at(-1));
}

function showPreview(atom: Atom, psnr: number): void {
  const tag = byId('preview');
  const loss = shown !== undefined && Number.isFinite(shown) ? `, ${(psnr - shown).toFixed(2)} dB` : '';
  tag.textContent = `without ${atomName(atom, parts!.channels.length)}${loss}`;
  tag.hidden = false;
}

/** Shows what an atom carries: the chosen one or, without any, the last in the sum. */
const showCarried = latest(async (chosen: Atom | undefined) => {
  const ownGeneration = generation;
  if (!parts || state.tab !== 'patterns') return;
  const newest = {
    channel: state.channel,
    column: Math.min(rank(), parts.channels[state.channel]!.energies.length) - 1,
  };
  const atom = chosen ?? newest;
  const answer = await making.ask('carried', atom).catch(() => undefined);
  if (!answer || ownGeneration !== generation) return;
  const canvas = byId<HTMLCanvasElement>('carried');
  showBitmap(canvas, answer.bitmap);
  const name = atomName(atom, parts.channels.length);
  canvas.setAttribute('aria-label', `What ${name} carries`);
  const { kept, energy } = parts.channels[atom.channel]!;
  const share = percent((kept[atom.column] ?? 0) / (energy || 1));
  const times = answer.gain > 1 ? `, ${answer.gain.toFixed(1)} times as strong as in the picture` : '';
  const isOut = state.without.some(other => isSame(other, atom));
  const head = isOut ? `${name} is left out. ` : chosen ? '' : `${name} came last. `;
  byId('carried-text').textContent =
    `${head}${chosen && !isOut ? name : 'It'} carries this, on middle grey${times}: ${share} of its channel\u2019s energy.${chosen ? '' : ' Point at another to see the picture without it; click to leave it out.'}`;
});

// ---- what is chosen ----

/** Applies a change and everything that follows from it. */
function change(by: Partial<State>): void {
  const before = state;
  remember(by);
  const changed = (name: keyof State): boolean => name in by && before[name] !== state[name];
  if (changed('layout')) makeSoon(0);
  else if (changed('basis') || changed('quality')) makeSoon(REST);
  if (changed('rank') || changed('without') || changed('view')) drawPicture();
  if (changed('view')) viewer.setView(state.view);
  if (changed('channel')) {
    list.setChannel(state.channel);
    strip.setTerms(parts, atoms, state.channel);
    drawOut();
    showCarried(state.without.at(-1));
  }
  if (changed('tab')) {
    showTab(state.tab);
    drawCurves();
    showCarried(state.without.at(-1));
  }
  if (changed('block') || changed('tab')) drawBlock();
  byId<HTMLFieldSetElement>('basis').disabled = state.layout === 'channel';
  byId('quality-value').textContent = String(state.quality);
}

let hashTimer: ReturnType<typeof setTimeout> | undefined;
/** Applies a change that only affects the link. */
function remember(by: Partial<State>): void {
  state = { ...state, ...by };
  clearTimeout(hashTimer);
  // Browsers refuse frequent updates.
  hashTimer = setTimeout(writeHash, 150);
}
function writeHash(): void {
  const hash = toHash(state);
  history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
}

/** Sets the controls to the state. */
function putControls(): void {
  for (const name of ['layout', 'basis', 'view'] as const) choose(name, state[name]);
  byId<HTMLInputElement>('quality').value = String(state.quality);
  byId<HTMLSelectElement>('sample').value = state.sample ?? '';
  viewer.setView(state.view);
  viewer.setPlace(state.place);
  viewer.setDivider(state.divider);
  viewer.setBlock(state.block);
  showTab(state.tab);
  change({});
}

function setBusy(is: boolean): void {
  document.body.dataset.state = is ? 'busy' : 'ready';
}

function fail(message: string): void {
  byId('error').hidden = message === '';
  byId('error').textContent = message;
}

function goToRank(to: number): void {
  change({ rank: to === parts?.columns ? undefined : to });
}

function startPlay(from: number, to: number): void {
  if (!parts) return;
  goToRank(Math.min(from, parts.columns));
  player.start(to);
}

// ---- what the user does ----

const pictureName = (): string => (source?.name ?? 'picture').replace(/\.[^.]*$/, '');

async function saveLrk(): Promise<void> {
  const at = rank();
  progress.start(`Writing a file of rank ${at}`);
  try {
    const file = await making.ask('file', at, settings());
    save(`${pictureName()}-rank-${at}.lrk`, new Blob([file], { type: 'application/octet-stream' }));
    if (parts) count(at, file.length);
  } catch (error) {
    if (!(error instanceof Stopped)) fail(String(error));
  } finally {
    if (document.body.dataset.state === 'ready') progress.end(restingText());
  }
}

async function savePng(): Promise<void> {
  const at = rank();
  try {
    const { bitmap } = await making.ask('show', { rank: at, without: state.without, kind: 'decoded' });
    // WebKit cannot save a canvas that a bitmap was moved to, so the bitmap is drawn.
    const canvas = element('canvas', { width: bitmap.width, height: bitmap.height });
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
    bitmap.close();
    canvas.toBlob(blob => blob && save(`${pictureName()}-rank-${at}.png`, blob));
  } catch (error) {
    if (!(error instanceof Stopped)) fail(String(error));
  }
}

async function copyLink(): Promise<void> {
  writeHash();
  const said = await navigator.clipboard.writeText(location.href).then(
    () => 'Copied.',
    () => 'The link is in the address bar.',
  );
  byId('copied').textContent = said;
}

function openBlob(name: string, blob: Blob): void {
  open({ kind: 'file', name, blob }, false, { sample: undefined });
}

function openSample(name: string, anew?: { sample: string }): void {
  const made = `samples/${name}.lrk`;
  open({ kind: 'address', name: `${name}.png`, url: `samples/${name}.png`, made }, false, anew);
}

const onChange = (id: string, then: (value: string) => void, type = 'change'): void =>
  byId<HTMLInputElement>(id).addEventListener(type, event => then((event.target as HTMLInputElement).value));

function listen(): void {
  for (const name of ['layout', 'basis', 'view'] as const)
    for (const input of document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`))
      input.addEventListener('change', () => change({ [name]: input.value as View }));
  onChange('quality', value => change({ quality: Number(value) }), 'input');
  const moveRank = (value: string): void => {
    player.stop();
    goToRank(Number(value));
  };
  onChange('rank', moveRank, 'input');
  onChange('sample', value => {
    if (value) openSample(value, { sample: value });
  });
  byId<HTMLInputElement>('file').addEventListener('change', ({ target }) => {
    const [file] = (target as HTMLInputElement).files ?? [];
    if (file) openBlob(file.name, file);
    (target as HTMLInputElement).value = '';
  });
  byId('play').addEventListener('click', () => {
    if (player.isPlaying()) player.stop();
    else startPlay(rank() >= (parts?.columns ?? 1) ? 1 : rank(), Number.POSITIVE_INFINITY);
  });
  byId('restore').addEventListener('click', () => {
    change({ without: [] });
    showCarried(undefined);
  });
  byId('make').addEventListener('click', () => void making.makeFile(settings()));
  byId('full').addEventListener('click', () => source && open(source, true));
  byId('save-lrk').addEventListener('click', saveLrk);
  byId('save-png').addEventListener('click', savePng);
  byId('copy').addEventListener('click', copyLink);
  byId('settings').addEventListener('submit', event => event.preventDefault());
  new ResizeObserver(() => {
    drawCurves();
    drawRowCurve();
  }).observe(byId('parts'));
  addEventListener('hashchange', () => {
    const before = state;
    state = fromHash(location.hash);
    tour.setStep(state.step);
    putControls();
    if (state.sample && state.sample !== before.sample) openSample(state.sample);
    else if (
      JSON.stringify(settings()) !==
      JSON.stringify({ layout: before.layout, basis: before.basis, quality: before.quality })
    )
      makeSoon(0);
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

/** Opens the picture that `lowrank explore` was started with, else the sample of the link. */
function begin(): void {
  byId('sample').append(
    element('option', { value: '', textContent: 'choose one' }),
    ...Object.entries(SAMPLES).map(([value, textContent]) => element('option', { value, textContent })),
  );
  listen();
  explainWords();
  const given = new URLSearchParams(location.search).get('picture');
  if (given !== null && !new URLSearchParams(location.hash.slice(1)).get('sample')) state.sample = undefined;
  putControls();
  tour.setStep(state.step);
  setBusy(true);
  if (given !== null && !state.sample) open({ kind: 'samples', name: given, url: 'picture' });
  else openSample(state.sample ?? Object.keys(SAMPLES)[0]!);
}

begin();
