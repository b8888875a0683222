/** Pixels that may be in hand at a time: a picture takes some 24 bytes a pixel while it loads. One picture may have more. */
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

/** Waits until there is room for so many pixels. Resolves with the function that gives it back. */
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
