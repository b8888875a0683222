/** The free matrices W of the overlap: found by maximising the coding gain, see lapping.ts. */
// biome-ignore format: a matrix
const W8 = [
  1.061927910726, -0.172387723769, -0.007161214577, -0.039855673163,
  0.240757349124, 0.983112341044, -0.406510104626, 0.102080309067,
  0.072117387687, 0.48244029549, 0.81370704859, -0.571639910405,
  0.076366685712, 0.202702944153, 0.673779734407, 0.907277360706,
];
// biome-ignore format: a matrix
const W4 = [
  1, 0, 0, 0,
  0, 1, 0, 0,
  0, 0, 1.139800118412, -0.441384493755,
  0, 0, 0.285393186725, 1.444692218515,
];

/** The filters that overlap blocks before they are transformed; columns first, then rows. */
export const LAP = { 8: W8, 4: W4 };
