/** Serves .lrk files at the size that is asked for: `lowrank/serve`. */
export { createHandler, type Handler, type HandlerOptions, type Read } from './create-handler.js';
