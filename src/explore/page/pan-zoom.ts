import type { Place } from './state.js';

/** A picture on a stage: drag, wheel, pinch and keys move and zoom it. */
export interface PanZoom {
  /** Screen pixels a pixel, and the position of the picture's corner on the stage. */
  box(): { scale: number; left: number; top: number };
  /** Undefined: show all of it. */
  set(place: Place | undefined): void;
  /** To be called when the size of the stage or the picture changes. */
  refresh(): void;
  /** Moves the picture until a pixel is visible. */
  bringIn(x: number, y: number): void;
  /** Is it being moved, or has it been since the last press? */
  isMoving(): boolean;
  hasMoved(): boolean;
}

/** Most screen pixels a pixel, and the same for a picture that is shown whole. */
const [MOST, MOST_WHOLE] = [32, 8];
/** Zoom factor of a step of the buttons and keys; zoom of the wheel for each pixel that it turns. */
const [STEP, TURN] = [1.5, 0.0016];
/** A press that moves at most this many pixels is still a click. */
const STILL = 4;

/** `layOut` is called whenever the picture's place changes, `onPlace` if the user has changed it. */
export function createPanZoom(
  stage: HTMLElement,
  size: () => { width: number; height: number },
  layOut: () => void,
  onPlace: (place: Place | undefined) => void,
): PanZoom {
  const sheet = createSheet(stage, size, layOut, onPlace);
  listenToWheel(stage, sheet);
  const press = listenToPointers(stage, sheet);
  listenToKeys(stage, sheet);
  return {
    box: sheet.box,
    set: sheet.set,
    refresh: () => sheet.set(sheet.place()),
    bringIn(x, y) {
      const { scale, left, top } = sheet.box();
      const [across, down] = [left + x * scale, top + y * scale];
      const place = sheet.place();
      if (place && (across < 0 || down < 0 || across > stage.clientWidth || down > stage.clientHeight))
        sheet.move({ ...place, x, y });
    },
    ...press,
  };
}

/** The place of a picture on its stage. */
interface Sheet extends Pick<PanZoom, 'box' | 'set'> {
  /** Undefined: all of the picture is shown. */
  place(): Place | undefined;
  /** Sets the place, and reports it. */
  move(to: Place | undefined): void;
  /** Zooms by a factor so that the point (x, y) of the stage stays in place, and moves the picture by (dx, dy). */
  zoom(by: number, x: number, y: number, dx?: number, dy?: number): void;
}

function createSheet(
  stage: HTMLElement,
  size: () => { width: number; height: number },
  layOut: () => void,
  onPlace: (place: Place | undefined) => void,
): Sheet {
  let place: Place | undefined;

  /** Uses a whole scale if not much space is left over. */
  const whole = (): number => {
    const { width, height } = size();
    const fit = Math.min(stage.clientWidth / width, stage.clientHeight / height, MOST_WHOLE);
    return fit >= 2 ? Math.floor(fit) : Math.max(fit, 1e-3);
  };
  const box = (): { scale: number; left: number; top: number } => {
    const { width, height } = size();
    const [wide, high] = [stage.clientWidth, stage.clientHeight];
    const { scale, x, y } = place ?? { scale: whole(), x: width / 2, y: height / 2 };
    const along = (room: number, length: number, centre: number): number =>
      length * scale <= room
        ? (room - length * scale) / 2
        : Math.max(room - length * scale, Math.min(0, room / 2 - centre * scale));
    return { scale, left: along(wide, width, x), top: along(high, height, y) };
  };
  const set = (to: Place | undefined): void => {
    const { width, height } = size();
    place =
      to && to.scale > whole() * 1.001
        ? {
            scale: Math.min(MOST, to.scale),
            x: Math.max(0, Math.min(width, to.x)),
            y: Math.max(0, Math.min(height, to.y)),
          }
        : undefined;
    // Keeps the place within the limits of the edges.
    if (place) {
      const { scale, left, top } = box();
      place = { scale, x: (stage.clientWidth / 2 - left) / scale, y: (stage.clientHeight / 2 - top) / scale };
    }
    stage.classList.toggle('zoomed', place !== undefined);
    layOut();
  };
  const move = (to: Place | undefined): void => {
    set(to);
    onPlace(place);
  };
  const zoom = (by: number, x: number, y: number, dx = 0, dy = 0): void => {
    const { scale, left, top } = box();
    const next = Math.min(MOST, scale * by);
    move({
      scale: next,
      x: (x - left) / scale + (stage.clientWidth / 2 - x - dx) / next,
      y: (y - top) / scale + (stage.clientHeight / 2 - y - dy) / next,
    });
  };
  return { box, set, place: () => place, move, zoom };
}

/** The position of an event on the stage. */
function positionOn(stage: HTMLElement, { clientX, clientY }: MouseEvent): { x: number; y: number } {
  const { left, top } = stage.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

function listenToWheel(stage: HTMLElement, sheet: Sheet): void {
  stage.addEventListener(
    'wheel',
    event => {
      // When the picture is shown whole, a wheel that would shrink it scrolls the page.
      if (!sheet.place() && event.deltaY > 0 && !event.ctrlKey) return;
      event.preventDefault();
      const { x, y } = positionOn(stage, event);
      const pixels = event.deltaY * (event.deltaMode ? 30 : 1) * (event.ctrlKey ? 6 : 1);
      sheet.zoom(Math.exp(-TURN * Math.max(-400, Math.min(400, pixels))), x, y);
    },
    { passive: false },
  );
}

/** One pointer drags the picture, two zoom it. */
function listenToPointers(stage: HTMLElement, sheet: Sheet): Pick<PanZoom, 'isMoving' | 'hasMoved'> {
  /** Positions on the stage by pointer. */
  const pointers = new Map<number, { x: number; y: number }>();
  let moved = 0;
  stage.addEventListener('pointerdown', event => {
    if (event.button !== 0) return;
    if (pointers.size === 0) moved = 0;
    pointers.set(event.pointerId, positionOn(stage, event));
  });
  stage.addEventListener('pointermove', event => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = positionOn(stage, event);
    const [dx, dy] = [now.x - before.x, now.y - before.y];
    moved += Math.hypot(dx, dy);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    const drags = !other && sheet.place() !== undefined && moved > STILL;
    if (other) {
      const by =
        Math.hypot(now.x - other.x, now.y - other.y) /
        (Math.hypot(before.x - other.x, before.y - other.y) || 1);
      sheet.zoom(by, (before.x + other.x) / 2, (before.y + other.y) / 2, dx / 2, dy / 2);
    } else if (drags) sheet.zoom(1, now.x, now.y, dx, dy);
    pointers.set(event.pointerId, now);
    // Throws if the pointer has gone in the meantime.
    if (drags) stage.setPointerCapture(event.pointerId);
  });
  for (const type of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
    stage.addEventListener(type, event => pointers.delete(event.pointerId));
  addEventListener('pointerup', event => pointers.delete(event.pointerId));
  // We handle two fingers before the browser zooms the whole page.
  stage.addEventListener(
    'touchmove',
    event => {
      if (event.touches.length > 1 || sheet.place()) event.preventDefault();
    },
    { passive: false },
  );
  return { isMoving: () => pointers.size > 0 && moved > STILL, hasMoved: () => moved > STILL };
}

/** Keys, double clicks, and the buttons beside the stage. */
function listenToKeys(stage: HTMLElement, { place, move, zoom }: Sheet): void {
  const step = (by: number): void => zoom(by, stage.clientWidth / 2, stage.clientHeight / 2);
  stage.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === '+' || event.key === '=') step(STEP);
    else if (event.key === '-') step(1 / STEP);
    else if (event.key === '0') move(undefined);
    else return;
    event.preventDefault();
  });
  stage.addEventListener('dblclick', event => {
    const { x, y } = positionOn(stage, event);
    if (place()) move(undefined);
    else zoom(4, x, y);
  });
  const press = (id: string, then: () => void): void =>
    document.getElementById(id)?.addEventListener('click', then);
  press('zoom-in', () => step(STEP));
  press('zoom-out', () => step(1 / STEP));
  press('zoom-fit', () => move(undefined));
}
