/** Bits of a channel number in the order of steps. */
export const channelBits = (channels: number): number => (channels < 3 ? channels - 1 : 2);
