/** Pixels that may be in memory at a time beside the largest picture: a picture takes about 24 bytes a pixel while it loads. */
const PIXELS = 8e6;

const held: number[] = [];
let queue: { pixels: number; enter(): void }[] = [];

/** Is there room for this many pixels, the largest picture not counted? A large one whose download hangs must not block the others. */
function fits(pixels: number): boolean {
  const all = [...held, pixels];
  return all.reduce((sum, one) => sum + one) - Math.max(...all) <= PIXELS;
}

function next(): void {
  queue = queue.filter(({ pixels, enter }) => {
    if (!fits(pixels)) return true;
    held.push(pixels);
    enter();
    return false;
  });
}

/** Waits until there is room for this many pixels. Resolves with the function that releases it. */
export async function takeRoom(pixels: number): Promise<() => void> {
  await new Promise<void>(enter => {
    queue.push({ pixels, enter });
    next();
  });
  return () => {
    held.splice(held.indexOf(pixels), 1);
    next();
  };
}
