/** Lines of right-aligned columns under their headings; the last one may be left-aligned. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  align?: 'last left',
): string[] {
  const widths = headings.map((heading, c) => Math.max(heading.length, ...rows.map(row => row[c]!.length)));
  const left = align ? headings.length - 1 : headings.length;
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, c) => (c < left ? cell.padStart(widths[c]!) : cell)).join('  ')}`;
  return [line(headings), ...rows.map(line)];
}
