/** Below this share there is no estimate. */
const LEAST = 0.02;

/** ', 12 s left', where the share `done` took this many milliseconds; '' if it is too early to tell. */
export function timeLeft(milliseconds: number, done: number): string {
  if (done < LEAST || done >= 1) return '';
  const seconds = Math.ceil((milliseconds * (1 - done)) / done / 1000);
  if (seconds < 100) return `, ${seconds} s left`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `, ${minutes} min left` : `, ${Math.ceil(minutes / 60)} h left`;
}
