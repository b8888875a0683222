// C0 and C1 controls, DEL, marks that turn the direction of text, separators of lines
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Text from strangers (names, profiles, messages of libraries) made safe for a terminal: control characters become '\x1b' or '\u202e'. */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, character => {
    const code = character.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });

/** The first few of many names, as 'a, b and 3 more', each printable and short. */
export function listed(names: readonly string[], most = 8): string {
  const short = (name: string): string => (name.length > 40 ? `${name.slice(0, 37)}...` : name);
  const shown = names.slice(0, most).map(name => short(printable(name)));
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
