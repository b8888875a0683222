import { fromChannels as plainFromChannels } from './channels.js';

/** Kernels may replace this, with the same results to the bit. */
export let fromChannels = plainFromChannels;

/** Uses this from now on; without an argument, the JavaScript. */
export function useFromChannels(other = plainFromChannels): void {
  fromChannels = other;
}
