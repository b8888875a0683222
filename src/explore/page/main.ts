import type { Opened, Parts, Source } from '../protocol.js';
import { FIRST_SAMPLE } from '../samples.js';
import { createBlockPanel } from './block-panel.js';
import { createByteCount } from './byte-count.js';
import { createControls } from './controls.js';
import { createCurves } from './curves.js';
import { debounce } from './debounce.js';
import { createDecoded } from './decoded.js';
import { byId, showButton } from './dom.js';
import { showFigures } from './figures.js';
import { createMaking } from './making.js';
import { createModel } from './model.js';
import { type Anew, createOpening } from './opening.js';
import { createPatterns } from './patterns.js';
import { createPlayer } from './player.js';
import { createProgressLine } from './progress-line.js';
import { createRowCurve } from './row-curve.js';
import { listenForSharing } from './sharing.js';
import { type State, settingsOf } from './state.js';
import { restingText, setBusy, showError } from './status.js';
import { createTabs } from './tabs.js';
import { createTour } from './tour.js';
import { createViewer } from './viewer.js';
import { explainWords } from './words.js';

/*
 * The page: its parts, and what each tells the others. What is chosen and what is known of the picture is in the model. Every change goes
 * one way: picture, then factors, then what is shown of them.
 */

/** Milliseconds that settings must rest before the encoder starts, and the rank before bytes are counted. */
const REST = 350;
/** Milliseconds that rank 1 is shown before it plays. */
const FIRST_LOOK = 1100;

/** Does the reader prefer that nothing moves? */
const isReduced = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** What a link gives, before anything is chosen. */
const linked = new URLSearchParams(location.hash.slice(1));

const making = createMaking({
  onParts,
  onWork(text) {
    setBusy(true);
    progress.start(text);
  },
  onRest() {
    picture.finish();
    setBusy(false);
    progress.end(restingText(picture.now));
    const { parts } = picture.now;
    showButton(byId('make'), parts !== undefined && parts.file === undefined, byId('status'));
  },
  onError(message) {
    showError(message);
    // A sample that could not be opened is not the one that is shown.
    controls.setSample(choices.now.sample);
  },
  onPoint({ rank: at, psnr }) {
    picture.addPoint(at, psnr);
    drawCurves();
    if (at === rank() && choices.now.without.length) drawFigures(at);
  },
});
const model = createModel(making);
const { choices, picture, rank } = model;
/** Does the page still have to play once, from the first rank to the last? */
let playsOnce = !linked.has('rank') && choices.now.step === 0;

const progress = createProgressLine(() => {
  making.stop();
  if (!picture.now.parts) showError('Stopped. Open a picture to start again.');
});
const controls = createControls({
  onChoice: change,
  onRank: chooseRank,
  onSample: name => opening.openSample(name, { sample: name }),
});
const viewer = createViewer({
  onBlock(block, isChosen) {
    if (isChosen || choices.now.tab === 'block')
      change({ block, ...(isChosen && { tab: 'block' as const }) });
  },
  onDivider: divider => choices.choose({ divider }),
  onPlace: place => choices.choose({ place }),
  onRow: row => rowCurve.setRow(row),
});
const decoded = createDecoded(model, making, viewer, {
  onShown(at, isMeasured) {
    drawFigures(at, isMeasured);
    drawCurves();
    drawBlock();
    rowCurve.draw();
    if (player.isPlaying() && !choices.now.without.length) patterns.showCarried(undefined);
    updateTour();
    restSoon(REST);
  },
  onMeasured(at) {
    drawFigures(at);
    drawCurves();
    updateTour();
  },
  onError: showError,
});
const patterns = createPatterns(model, decoded, change);
const drawBlock = createBlockPanel(model);
const drawCurves = createCurves(model, chooseRank);
const showTab = createTabs(tab => change({ tab }));
const player = createPlayer(model, { onRank: goToRank, onEnd: () => restSoon(REST) });
const tour = createTour({
  onStep(step, by, playTo) {
    player.stop();
    playsOnce = false;
    change({ ...by, step });
    putControls();
    if (playTo !== undefined && isReduced()) goToRank(playTo);
    else if (playTo !== undefined) player.start(1, playTo);
    rowCurve.restart();
    drawCurves();
  },
});
const rowCurve = createRowCurve(model, viewer, tour);
const countBytes = createByteCount(model, making, setBytes);
const opening = createOpening(model, making, {
  onOpening() {
    showError('');
    player.stop();
  },
  onOpened,
});
listenForSharing(model, making, progress, setBytes);

// ---- picture -> factors ----

function onOpened(source: Source, opened: Opened, anew: Anew | undefined): void {
  picture.open(source, opened);
  viewer.setParts(undefined);
  viewer.setOriginal(opened.bitmap, source.name, opened.whole);
  rowCurve.setRow(undefined);
  if (anew) {
    playsOnce = true;
    change({ ...anew, without: [], block: undefined, rank: undefined, place: undefined });
    putControls();
  }
  if (playsOnce) choices.adapt({ rank: 1 });
}

function onParts(parts: Parts, isLast: boolean): void {
  const isFirst = picture.now.parts === undefined;
  picture.setParts(parts, isLast);
  document.body.dataset.generation = String(picture.now.generation);
  const channels = parts.channels.length;
  choices.adapt({
    without: choices.now.without.filter(({ channel }) => channel < channels),
    channel: Math.min(choices.now.channel, channels - 1),
  });
  controls.setColumns(parts.columns);
  viewer.setParts(parts);
  decoded.draw();
  if (isFirst && playsOnce) {
    playsOnce = false;
    if (!isReduced()) setTimeout(() => player.start(1), FIRST_LOOK);
  }
  void showAtoms();
}

async function showAtoms(): Promise<void> {
  const atoms = await model.ask('atoms');
  if (!atoms) return;
  picture.setAtoms(atoms);
  patterns.draw();
  drawBlock();
  patterns.showCarried(decoded.preview ?? choices.now.without.at(-1));
  updateTour();
}

const makeAnew = debounce(() => void making.make(settingsOf(choices.now)));
function makeSoon(wait: number): void {
  setBusy(true);
  makeAnew(wait);
}

// ---- factors -> what is shown ----

/** Shows the figures of the picture at a rank; `isMeasured`: its PSNR is known. */
function drawFigures(at: number, isMeasured = true): void {
  const { parts, generation } = picture.now;
  if (!parts) return;
  document.body.dataset.rank = String(at);
  if (isMeasured) document.body.dataset.shown = String(generation);
  else delete document.body.dataset.shown;
  byId('tag-right').dataset.rank = String(at);
  controls.setRank(at, parts.columns);
  showFigures(model, at, isMeasured);
  patterns.mark();
}

const restSoon = debounce(() => {
  if (player.isPlaying()) return;
  if (!decoded.preview && !choices.now.without.length) patterns.showCarried(undefined);
  void countBytes();
});

function setBytes(at: number, bytes: number): void {
  picture.setBytes(at, bytes);
  drawCurves();
  if (at === rank()) drawFigures(at);
}

function updateTour(): void {
  const { parts, size, atoms } = picture.now;
  if (parts && size) tour.update({ parts, rank: rank(), atoms, width: size.width, height: size.height });
}

// ---- what is chosen ----

/** Applies a change and everything that follows from it. */
function change(by: Partial<State>): void {
  const before = choices.now;
  choices.choose(by);
  const { now } = choices;
  const changed = (name: keyof State): boolean => name in by && before[name] !== now[name];
  if (changed('layout')) makeSoon(0);
  else if (changed('basis') || changed('quality')) makeSoon(REST);
  if (changed('rank') || changed('without') || changed('view')) decoded.draw();
  if (changed('view')) viewer.setView(now.view);
  if (changed('channel')) {
    patterns.drawChannel();
    patterns.showCarried(now.without.at(-1));
  }
  if (changed('tab')) {
    showTab(now.tab);
    drawCurves();
    patterns.showCarried(now.without.at(-1));
  }
  if (changed('block') || changed('tab')) drawBlock();
  controls.setSettings(now);
}

/** Sets the controls to what is chosen. */
function putControls(): void {
  const { now } = choices;
  controls.setState(now);
  viewer.setView(now.view);
  viewer.setPlace(now.place);
  viewer.setDivider(now.divider);
  viewer.setBlock(now.block);
  showTab(now.tab);
  change({});
}

/** Follows a link to other choices. */
function followLink(): void {
  const before = choices.now;
  choices.readLink();
  const { now } = choices;
  tour.setStep(now.step);
  putControls();
  const areOther = JSON.stringify(settingsOf(now)) !== JSON.stringify(settingsOf(before));
  if (now.sample && now.sample !== before.sample) opening.openSample(now.sample);
  else if (areOther) makeSoon(0);
  else decoded.draw();
}

function goToRank(to: number): void {
  change({ rank: to === picture.now.parts?.columns ? undefined : to });
}

/** Goes to a rank that the user picked, which ends playing. */
function chooseRank(to: number): void {
  player.stop();
  goToRank(to);
}

function listen(): void {
  byId('make').addEventListener('click', () => void making.makeFile(settingsOf(choices.now)));
  new ResizeObserver(() => {
    drawCurves();
    rowCurve.draw();
  }).observe(byId('parts'));
  addEventListener('hashchange', followLink);
}

/** Opens the picture that `lowrank explore` was started with, else the sample of the link. */
function begin(): void {
  listen();
  explainWords();
  const given = new URLSearchParams(location.search).get('picture');
  if (given !== null && !linked.get('sample')) choices.adapt({ sample: undefined });
  putControls();
  const { sample, step } = choices.now;
  tour.setStep(step);
  setBusy(true);
  if (given !== null && !sample) opening.openGiven(given);
  else opening.openSample(sample ?? FIRST_SAMPLE);
}

begin();
