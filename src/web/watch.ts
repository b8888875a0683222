/** What is told of an element: that it comes near the screen (true) or goes away from it, or that its size has changed (undefined). */
type Told = (near?: boolean) => void;

/** Pixels around the screen within which pictures are loaded that load lazily. */
const NEAR = '1250px';

const watched = new WeakMap<Element, Told>();
let nearness: IntersectionObserver | undefined;
let size: ResizeObserver | undefined;

/** Watches an element: one observer of each kind for all of a page. */
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
