import { toChannels as plainToChannels } from './channels.js';

/** What others may put their own in place of, to the same bits; apart from `kernels.ts`, which a decoder has. */
export let toChannels = plainToChannels;

/** From now on this is used. Without any, that of before. */
export function useToChannels(other = plainToChannels): void {
  toChannels = other;
}
