import { byId } from './dom.js';
import type { State } from './state.js';
import { STEPS } from './tour-steps.js';
import type { TourView } from './tour-view.js';

/** What a step does to the page. */
export interface TourEvents {
  /** Shows the state of a step; with `playTo`, played from the first rank. */
  onStep(step: number, state: Partial<State>, playTo: number | undefined): void;
}

/** The six steps of the idea, one card at a time. */
export interface Tour {
  /** Step 0 is the card before the first. What the page shows stays as it is. */
  setStep(step: number): void;
  /** Redraws figures and texts after any change. */
  update(view: TourView): void;
  /** Does this step need the curve of a row? */
  wantsRow(): boolean;
  figure(): HTMLElement;
}

export function createTour({ onStep }: TourEvents): Tour {
  const figure = byId('tour-figure');
  const back = byId<HTMLButtonElement>('tour-back');
  const next = byId<HTMLButtonElement>('tour-next');
  let step = 0;
  let last: TourView | undefined;
  let stopFigure: (() => void) | undefined;

  const draw = (): void => {
    const shownStep = STEPS[step]!;
    byId('tour-count').textContent = step ? `Step ${step} of ${STEPS.length - 1}` : 'The idea in six steps';
    byId('tour-title').textContent = shownStep.title;
    byId('tour-text').textContent = shownStep.text(last);
    if (!step && back === document.activeElement) next.focus();
    back.classList.toggle('away', !step);
    next.textContent = step === 0 ? 'Show me' : step === STEPS.length - 1 ? 'Done' : 'Next';
    stopFigure?.();
    stopFigure = undefined;
    figure.hidden = !shownStep.figure;
    figure.className = shownStep.name;
    figure.replaceChildren();
    if (shownStep.figure) stopFigure = shownStep.figure(figure, last) ?? undefined;
  };
  const go = (to: number): void => {
    step = to;
    draw();
    const { state = {}, playTo } = STEPS[step]!;
    onStep(step, state, playTo);
  };
  back.addEventListener('click', () => go(step - 1));
  next.addEventListener('click', () => go((step + 1) % STEPS.length));
  draw();

  return {
    setStep(to) {
      step = to;
      draw();
    },
    update(view) {
      last = view;
      const shownStep = STEPS[step]!;
      byId('tour-text').textContent = shownStep.text(view);
      shownStep.redraw?.(figure, view);
    },
    wantsRow: () => STEPS[step]!.name === 'row',
    figure: () => figure,
  };
}
