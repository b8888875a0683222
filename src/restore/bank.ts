/** The literal tables of the restoration filter, fitted offline. codec-spec.md, "Restoration", lists them as numbers. */

/** Taps: six pairs of neighbours, each clipped wide, then the same six clipped narrow. */
export const TAPS = 12;
export const PAIRS = TAPS / 2;
/** Filters of the first channel, and of the second and third. */
export const LUMA_GROUPS = 16;
export const CHROMA_GROUPS = 4;
/** Directions in which a picture may move all filters of its first channel at once. */
export const LATENTS = 4;

/** One character a number, its code less 50: digits, which are common in code anyway, are the common numbers. */
const numbers = (text: string): Int8Array => Int8Array.from(text, c => c.charCodeAt(0) - 50);

/** Group of the first channel's class [(activity * 5 + direction) * 4 + rank]. */
export const GROUP_OF_CLASS = Uint8Array.from(
  '01230423043435403500612664748494455303506227677789984553333367aa67bb888c4d33433367ae67bf88cc44dd43dd',
  c => Number.parseInt(c, 36),
);

/**
 * Coefficients in 1/64: [(k * LUMA_GROUPS + group) * TAPS + tap], k = 0 the mean filters, then the latent directions; after them the
 * filters of the other channels, [group * TAPS + tap].
 */
// biome-ignore format: a table
export const BANK = numbers(
  "\u001d\u001d??*0\u001e\u001b@;OLBC30---,97;;==32--338898/.2?00::7688<945-21)956D..2G//655487897713'&87<<9:53,00388:;3B21/12.;;:B6;53-5-)9:7D6622..88:9;;0;33/.76:99=0=221.58678B000711;::<::2211/0>=::>:/7221.;<998?2004-.//347846/3//1.33552202112223551112223461443404/21-32551123112350543203221232221302213023452112223222341602224-224511122234134422122143124522222132122512222242224321222215134431122203223544112455210.65/122242200541112321110423/12011510231130561200653-1121051233211232122154012124210053012025211041112/2822013311222210115400310212/1501122.3221.332122//1/00222232/011-230222303/01.6501465601/-21243334010133233333//004430123102211533425/.1018:1-21102212112433560.105412323200104222213401103.3420460/0244232222000054222232/0003.222337112/332/2233351222223311220/302223240121224122223022114022223132113122323222212222233222133121214123112222432222224/22221422223022332222103222332123223022332322222122223133212122223233312122122323222222222122122222623122212222343023:@4<(-\u0014\n>9OOGK-1+,5,567?8?02.,84596=23120/6>6;:@",
);
