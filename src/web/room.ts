/** Pixels that may be in memory at a time: a picture takes about 24 bytes a pixel while it loads. A single picture may have more. */
const PIXELS = 8e6;

let used = 0;
const queue: { pixels: number; enter(): void }[] = [];

function next(): void {
  while (queue.length && (!used || used + queue[0]!.pixels <= PIXELS)) {
    const { pixels, enter } = queue.shift()!;
    used += pixels;
    enter();
  }
}

/** Waits until there is room for this many pixels. Resolves with the function that releases it. */
export async function takeRoom(pixels: number): Promise<() => void> {
  await new Promise<void>(enter => {
    queue.push({ pixels, enter });
    next();
  });
  return () => {
    used -= pixels;
    next();
  };
}
