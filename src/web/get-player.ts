import { failure } from './failure.js';

/** Where the player of sequences is had from: beside this module, unless the one script says otherwise. */
export const playerModule = { get: (): Promise<typeof import('./player.js')> => import('./player.js') };

/** The player, fetched once a page has a sequence. Throws NETWORK. */
export const getPlayer: typeof playerModule.get = () =>
  playerModule.get().catch(() => {
    throw failure('NETWORK', 'NETWORK: player');
  });
