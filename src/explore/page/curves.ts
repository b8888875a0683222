import { type Axis, type Curve, drawChart, short } from '../../plot/draw-chart.js';
import { sayValues } from '../../plot/hover.js';
import { energyKept } from '../../spectra/energy-kept.js';
import type { Parts } from '../protocol.js';
import { byId } from './dom.js';
import { inFrame } from './in-frame.js';
import type { Model } from './model.js';
import { channelName, decibels, integer, percent } from './numbers.js';

const SERIES = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)'];
const COLOURS = { ink: 'var(--soft)', line: 'var(--line)', background: 'var(--card)' } as const;
/** Singular values further below the strongest are left out: they would leave no room for the rest. */
const FAINT = 1e-5;

/** Returns what draws the curves while their tab is open; `onRank` is called when a rank is clicked. */
export function createCurves({ choices, picture, rank }: Model, onRank: (rank: number) => void): () => void {
  return inFrame(() => {
    const { parts, psnrs } = picture.now;
    if (!parts || choices.now.tab !== 'curves') return;
    drawCurves(parts, psnrs, rank(), to => onRank(Math.min(to, picture.now.parts?.columns ?? to)));
    byId('energy').textContent = energyText(parts, rank());
  });
}

/** Draws both curves, with the present rank marked, and the spectra. */
function drawCurves(
  parts: Parts,
  psnrs: ReadonlyMap<number, number>,
  rank: number,
  onRank: (rank: number) => void,
): void {
  const { columns, file } = parts;
  const ranks = [...psnrs.keys()]
    .filter(k => k <= columns && Number.isFinite(psnrs.get(k)))
    .sort((a, b) => a - b);
  const byRank: Axis = { label: 'rank', base: 2, domain: [1, Math.max(2, columns)] };
  const colour = SERIES[0]!;
  const quality = [{ name: '', colour, points: ranks.map(k => ({ x: k, y: psnrs.get(k)! })) }];
  draw('psnr-chart', quality, byRank, 'dB', rank, 'PSNR by rank', decibels, onRank);
  const sizes = [{ name: '', colour, points: (file?.sizes ?? []).map((y, i) => ({ x: i + 1, y })) }];
  draw('bytes-chart', sizes, byRank, 'bytes', rank, 'Bytes by rank', y => `${integer(y)} bytes`, onRank);
  const spectra = spectraOf(parts, rank);
  const most = Math.max(
    2,
    ...parts.channels.flatMap(({ spectrum, energies }) => [spectrum.length, energies.length]),
  );
  const byNumber: Axis = { label: 'number', domain: [1, most] };
  draw('spectrum-chart', spectra, byNumber, '', rank, 'Singular values by number', integer, onRank, 10);
}

function draw(
  id: string,
  curves: Curve[],
  x: Axis,
  label: string,
  rank: number,
  name: string,
  text: (y: number) => string,
  onPick: (rank: number) => void,
  base?: number,
): void {
  const box = byId(id);
  const size = { width: Math.max(240, Math.min(620, box.clientWidth || 320)), height: 180 };
  const y: Axis = { label, text: short, ...(base && { base }) };
  const said = curves.flatMap(({ points }) =>
    points.filter(point => point.x === rank).map(point => text(point.y)),
  );
  const described = `${name}${said.length ? `; at rank ${rank}: ${said.join(', ')}` : ''}`;
  const chart = drawChart(curves, { x, y, name: described, mark: rank, ...size, ...COLOURS });
  box.dataset.rank = String(rank);
  if (!chart) {
    box.replaceChildren('There is no file yet.');
    return;
  }
  box.innerHTML = chart.svg;
  const head = (at: number): string => `${x.base ? 'rank' : 'number'} ${at}`;
  sayValues(box, chart, curves, { head, text, onPick });
}

/** By channel, the picture's values as a line and those kept at this rank as dots. */
function spectraOf({ channels }: Parts, rank: number): Curve[] {
  const values = channels.flatMap(({ spectrum, energies }) => [...spectrum, ...energies.map(Math.sqrt)]);
  const least = FAINT * Math.max(1, ...values);
  return channels.flatMap(({ spectrum, energies }, c): Curve[] => {
    const name = channelName(c, channels.length);
    const points = (values: readonly number[]) =>
      values.flatMap((y, i) => (y > least ? [{ x: i + 1, y }] : []));
    return [
      { name, colour: SERIES[c]!, points: points(spectrum) },
      {
        name: `${name}, kept`,
        colour: SERIES[c]!,
        isScatter: true,
        points: points(energies.slice(0, rank).map(Math.sqrt)),
      },
    ].filter(curve => curve.points.length);
  });
}

function energyText({ channels }: Parts, rank: number): string {
  const shares = channels.map(
    (summary, c) => `${channelName(c, channels.length)} ${percent(energyKept([summary], rank))}`,
  );
  return `Energy kept up to rank ${rank}: ${shares.join(', ')}.`;
}
