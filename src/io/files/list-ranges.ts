/** Longer ranges stay as they are: no clip has more frames. */
const MOST = 2 ** 20;

/**
 * A glob with its ranges of whole numbers as lists, as in shells: '{8..10}' becomes '{8,9,10}', '{08..10}' '{08,09,10}' and '{1..9..4}'
 * '{1,5,9}'. tinyglobby takes them for ranges of characters.
 */
export const listRanges = (glob: string): string =>
  glob.replace(
    /\{(\d{1,9})\.\.(\d{1,9})(?:\.\.(\d{1,9}))?\}/g,
    (range, first: string, last: string, step = '1') => {
      const [from, to, by] = [Number(first), Number(last), Math.max(1, Number(step))];
      const count = Math.floor(Math.abs(to - from) / by) + 1;
      if (count > MOST) return range;
      const isPadded = [first, last].some(text => text.length > 1 && text.startsWith('0'));
      const digits = isPadded ? Math.max(first.length, last.length) : 1;
      const numbers = Array.from({ length: count }, (_, i) =>
        String(from + (to < from ? -by * i : by * i)).padStart(digits, '0'),
      );
      return count === 1 ? numbers[0]! : `{${numbers.join()}}`;
    },
  );
