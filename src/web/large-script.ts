import { script } from './large.js';
import { core } from './large-core.js';

// dist/lowrank-large.min.js: fetched by the one-file script when it meets a large picture. It is also the worker.
if (globalThis.document) script.url = import.meta.url;
else core().serve();

export * from './large.js';
