/** Makes the file of the first `rank` columns of another, and counts the bits of its levels at fixed length. */
export type RankWriter = (rank: number) => { bytes: Uint8Array; fixedBits: number };
