/** Called when an element comes near the screen (true) or leaves it (false), or when its size or the screen's resolution has changed (undefined). */
type Told = (near?: boolean) => void;

/** Lazy pictures load within this many pixels around the screen. */
const NEAR = '1250px';

const watched = new Map<Element, Told>();
let nearness: IntersectionObserver | undefined;
let size: ResizeObserver | undefined;

/** Tells every element when the page is zoomed or moves to another screen: no box changes its size then. */
function followScreen(): void {
  const told = (): void => {
    for (const tell of watched.values()) tell();
    followScreen();
  };
  matchMedia(`(resolution:${devicePixelRatio}dppx)`).addEventListener('change', told, { once: true });
}

/** Watches an element, with one observer of each kind for the whole page. */
export function watch(element: Element, told: Told): void {
  watched.set(element, told);
  if (!nearness) followScreen();
  nearness ??= new IntersectionObserver(
    entries => {
      for (const { target, isIntersecting } of entries) watched.get(target)?.(isIntersecting);
    },
    { rootMargin: NEAR },
  );
  size ??= new ResizeObserver(entries => {
    for (const { target } of entries) watched.get(target)?.();
  });
  nearness.observe(element);
  size.observe(element);
}

export function unwatch(element: Element): void {
  watched.delete(element);
  nearness?.unobserve(element);
  size?.unobserve(element);
}
