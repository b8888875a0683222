/** A paragraph in lines of at most 120 characters. */
export const wrapped = (text: string): string => text.replace(/(.{1,120})(?: |$)/g, '$1\n');

export const fence = (lines: readonly string[]): string => `\`\`\`\n${lines.join('\n')}\n\`\`\`\n`;

export const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...rows.map(row => `| ${row.join(' | ')} |`)]
    .map(line => `${line}\n`)
    .join('');

/** Throws unless a formula of the specification gives the value of the code. */
export function same(formula: number, code: number): number {
  if (formula !== code) throw new Error(`${formula} by the formula, ${code} by the code`);
  return code;
}
