/** Called when an element comes near the screen (true) or leaves it (false), or when its size has changed (undefined). */
type Told = (near?: boolean) => void;

/** Lazy pictures load within this many pixels around the screen. */
const NEAR = '1250px';

const watched = new WeakMap<Element, Told>();
let nearness: IntersectionObserver | undefined;
let size: ResizeObserver | undefined;

/** Watches an element, with one observer of each kind for the whole page. */
export function watch(element: Element, told: Told): void {
  watched.set(element, told);
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
  nearness?.unobserve(element);
  size?.unobserve(element);
}
