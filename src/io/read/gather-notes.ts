/** The notes of many frames, each once. If not all frames have it, it says which: 'frames 1 to 3 and 7: ...'. */
export function gatherNotes(notes: readonly (readonly string[])[]): string[] {
  const byNote = new Map<string, number[]>();
  for (const [i, frameNotes] of notes.entries())
    for (const note of new Set(frameNotes)) byNote.set(note, [...(byNote.get(note) ?? []), i + 1]);
  return [...byNote].map(([note, frames]) =>
    frames.length === notes.length ? note : `${spans(frames)}: ${note}`,
  );
}

/** Rising numbers as ranges. */
function spans(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const n of numbers) {
    const last = parts.at(-1);
    if (last && last[1] === n - 1) last[1] = n;
    else parts.push([n, n]);
  }
  const texts = parts.slice(0, 4).map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  const more = parts.length > 4 ? ' and more' : '';
  return `${numbers.length > 1 ? 'frames' : 'frame'} ${texts.join(', ')}${more}`;
}
