/** A function that runs once it has not been called for the `wait` milliseconds of its last call. */
export function debounce<A extends unknown[]>(run: (...args: A) => void): (wait: number, ...args: A) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (wait, ...args) => {
    clearTimeout(timer);
    timer = setTimeout(run, wait, ...args);
  };
}
