import { failure } from './failure.js';

/** Loads the player of sequences from beside this module; the one-file script replaces it. */
export const playerModule = { get: (): Promise<typeof import('./player.js')> => import('./player.js') };

/** The player, fetched when a page first has a sequence. Throws NETWORK. */
export const getPlayer: typeof playerModule.get = () =>
  playerModule.get().catch(() => {
    throw failure('NETWORK', 'NETWORK: player');
  });
