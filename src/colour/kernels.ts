import { fromChannels as plainFromChannels } from './channels.js';

/** What others may put their own in place of, to the same bits. */
export let fromChannels = plainFromChannels;

/** From now on this is used. Without any, that of before. */
export function useFromChannels(other = plainFromChannels): void {
  fromChannels = other;
}
