import { createHandler } from './handler.js';
import { inIdleTime } from './idle.js';
import type { Core, PictureAnswer, PictureQuestion } from './messages.js';
import { serve } from './serve.js';
import { createPicture } from './thread.js';

/**
 * Everything that decodes, in one function. In the package it contains the decoder's own text and refers to nothing outside, so that the
 * function's text is also that of a worker: the page carries the decoder once. See build/web.ts.
 */
export function core(): Core<PictureQuestion, PictureAnswer> {
  return {
    local: createHandler(() => createPicture((decoder, layer) => inIdleTime(decoder.slices(layer)))),
    serve() {
      serve(createHandler(() => createPicture((decoder, layer) => decoder.picture(layer))));
    },
  };
}
