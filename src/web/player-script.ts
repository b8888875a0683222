import { script } from './clip-frames.js';
import { core } from './player-core.js';

// dist/lowrank-player.min.js: fetched by the one-file script when it meets a sequence. It is also the worker where a page's CSP only allows
// its own files.
if (globalThis.document) script.url = import.meta.url;
else core().serve();

export * from './player.js';
