/** The literal tables of the first channel's restoration filter, fitted offline. codec-spec.md, "Restoration", lists them as numbers. */

/** Taps: six pairs of neighbours, each clipped wide, then the same six clipped narrow. */
export const TAPS = 12;
/** Filters of the first channel. */
export const GROUPS = 12;
/** Directions in which a picture may move all filters of its first channel at once. */
export const LATENTS = 3;

/**
 * Coefficients in 1/64: [(k * GROUPS + group) * TAPS + tap], k = 0 the mean filters, then the latent directions; after them the groups. One
 * character a number, its code less 50: digits, which are common in code anyway, are the common numbers.
 */
export const BANK = Int8Array.from(
  '2,9<*2\r\u0011G<LG9932/22296<9?930,2)2><4>//1C00224<66<<11--33><664>32../1<:7?4411//999::91:220-49997?//0<11999966111110>>9:7<14111/7>9:9>001411<96?99222210223223341/2032440249./2/3143233221112222333310112322333400203222331111222331333111212221332211222132232212221140222022223211222221221011227200/2,11764320412112243//1313.15644//262222413311012221463401122212353611122233244401232212333410043322612222222123241614222111343411242222223224133164/2/122142243010144042232011/22312222021133232221/11143132222010/3323221011/023232211120/22322211/21122332201////2422221/221.322322/1101023243536343536373538393:2;2<2=',
  c => c.charCodeAt(0) - 50,
);

/** Group of a block's class [(activity * 3 + direction) * 2 + 1 if it has more than plane 0]. */
export const GROUP_OF_CLASS = BANK.subarray((LATENTS + 1) * GROUPS * TAPS);
