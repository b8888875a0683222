/** A function that runs once in the next frame, however often it is called before. */
export function inFrame(run: () => void): () => void {
  let frame = 0;
  return () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(run);
  };
}
